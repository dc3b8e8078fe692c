package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.config.schema.RefusedConfigException;
import dev.usher.token.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutsideRoomsTest {
  private static final String ONE =
      "upstreams: {shop: {pods: [http://a], sessionsPerPod: 5}}\nrooms:\n";
  private static final String TWO =
      """
      upstreams:
        shop: {pods: [http://a], sessionsPerPod: 5}
        forum: {pods: [http://b], sessionsPerPod: 5}
      rooms:
      """;

  private static GatewayConfig read(String text) throws RefusedConfigException {
    String key = Keys.newKey(new SecureRandom());
    return new ConfigReader(Map.of("USHER_KEY", key)).read("gateway.yaml", text);
  }

  @Test
  void aRoomThatGuardsItsHostsWholeIsNotWarnedOf() throws RefusedConfigException {
    for (String room :
        List.of(
            "  concert: {}\n",
            "  concert: {hosts: [a.example], bypass: {paths: [/assets]}}\n",
            "  concert: {paths: [/concert]}\n  rest: {}\n",
            "  concert: {hosts: [a.example], paths: [/concert]}\n  rest: {}\n",
            "  concert: {hosts: [a.example], paths: [/x]}\n  rest: {hosts: [a.example]}\n")) {
      assertThat(read(ONE + room).warnings()).as(room).isEmpty();
      assertThat(read(ONE + room).defaultUpstream()).isNull();
    }
  }

  @Test
  void pathsThatLeaveThePodsOpenAreWarnedOf() throws RefusedConfigException {
    assertThat(read(ONE + "  concert: {hosts: [a.example], paths: [/concert]}\n").warnings())
        .containsExactly(
            "rooms.concert.paths leaves all else on a.example to the pods of shop unguarded,"
                + " however many come: leave paths out and say in bypass.paths what need not queue,"
                + " or have a room for / as well (gateway.yaml:3)");
    assertThat(read(ONE + "  concert: {paths: [/concert]}\n").warnings())
        .singleElement()
        .asString()
        .startsWith("rooms.concert.paths leaves all else to the pods of shop unguarded");
    String elsewhere = "  concert: {upstream: shop, hosts: [a.example], paths: [/concert]}\n";
    assertThat(read(TWO + elsewhere + "defaultUpstream: forum\n").warnings()).isEmpty();
    assertThat(read(TWO + elsewhere).warnings()).hasSize(1);
  }

  @Test
  void aDefaultThatOpensGuardedPodsToEveryHostIsWarnedOf() throws RefusedConfigException {
    String room = "  concert: {upstream: shop, hosts: [a.example]}\n";
    GatewayConfig open = read(TWO + room + "defaultUpstream: shop\n");
    assertThat(open.defaultUpstream()).isEqualTo("shop");
    assertThat(open.warnings())
        .containsExactly(
            "defaultUpstream lets every host but a.example and the like through to the pods of shop"
                + " unguarded, and anyone may ask by any host: leave it out and name in"
                + " rooms.NAME.hosts what is yours (gateway.yaml:6)");
    assertThat(read(TWO + room + "defaultUpstream: forum\n").warnings()).isEmpty();
    String whole = "  rest: {upstream: shop}\ndefaultUpstream: shop\n";
    assertThat(read(TWO + room + whole).warnings()).isEmpty();
  }

  @Test
  void severalUpstreamsNeedNoDefaultWhereEveryRoomNamesItsHosts() throws RefusedConfigException {
    GatewayConfig config =
        read(
            TWO
                + "  concert: {upstream: shop, hosts: [a.example]}\n"
                + "  chat: {upstream: forum, hosts: [b.example]}\n");
    assertThat(config.defaultUpstream()).isNull();
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void severalHostsWithoutACookieForAllAreWarnedOf() throws RefusedConfigException {
    assertThat(read(ONE + "  concert: {hosts: [a.example, www.a.example]}\n").warnings())
        .containsExactly(
            "rooms.concert.cookies.domain is not set though the room has several hosts: who goes"
                + " from one to another is taken for somebody new and queues once more; set it to"
                + " a.example if all of that is yours (gateway.yaml:3)");
    assertThat(read(ONE + "  concert: {hosts: [a.example, b.other]}\n").warnings())
        .singleElement()
        .asString()
        .contains("no cookie spans them: give each a room of its own");
    String spanned = "  concert: {hosts: [a.b.example, b.example], cookies: {domain: b.example}}\n";
    assertThat(read(ONE + spanned).warnings()).isEmpty();
  }

  @Test
  void theExampleOfTheReadmeLeavesNothingOpen() throws IOException, RefusedConfigException {
    String page = Files.readString(Path.of("..", "README.md"));
    int from = page.indexOf("```yaml\nupstreams:") + "```yaml\n".length();
    GatewayConfig config = read(page.substring(from, page.indexOf("```", from)));
    assertThat(config.rooms().get(0).route().hosts()).isNotEmpty();
    assertThat(config.warnings()).isEmpty();
  }
}
