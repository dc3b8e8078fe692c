package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.ForwardedHeader.Hop;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ForwardedHeaderTest {
  @Test
  void aLineIsAListOfHopsOfPairs() {
    assertThat(ForwardedHeader.hops("for=192.0.2.60;proto=http;by=203.0.113.43"))
        .containsExactly(new Hop("192.0.2.60", null, "http"));
    assertThat(ForwardedHeader.hops("For=\"[2001:db8::1]:80\" , host=\"a\\\"b\" ;PROTO=https, ;"))
        .containsExactly(
            new Hop("[2001:db8::1]:80", null, null),
            new Hop(null, "a\"b", "https"),
            new Hop(null, null, null));
    assertThat(ForwardedHeader.hops("for=192.0.2.1:80,for=_hidden,for=unknown;x=\",;\""))
        .extracting(Hop::node)
        .containsExactly("192.0.2.1:80", "_hidden", "unknown");
    assertThat(ForwardedHeader.hops("")).containsExactly(new Hop(null, null, null));
  }

  @Test
  void whatIsNotAsTheGrammarHasItIsNothing() {
    for (String line :
        List.of(
            "for=10.1.2.3;x=\"",
            "for=10.1.2.3;x=\"\\",
            "for=10.1.2.3;x=\"\\\"",
            "for=\"10.1.2.3",
            "for=10.1.2.3;x=\", for=203.0.113.9;proto=http",
            "for=10.1.2.3\"",
            "for=\"10.1.2.3\"x",
            "for=\"a\"\"b\"",
            "for",
            "for=",
            "for =10.1.2.3",
            "for= 10.1.2.3",
            "=10.1.2.3",
            "for=10.1.2.3;for=10.1.2.4",
            "for=10.1.2.3 for=10.1.2.4",
            "for=10.1.2.3/8",
            "for=(10.1.2.3)",
            "for=10.1.2.3\u00e9")) {
      assertThat(ForwardedHeader.hops(line)).as(line).isNull();
    }
  }

  @Test
  void aNodeHasAnAddressOrNone() {
    assertThat(ForwardedHeader.address("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(ForwardedHeader.address("192.0.2.1:443")).isEqualTo("192.0.2.1");
    assertThat(ForwardedHeader.address("192.0.2.1:_p")).isEqualTo("192.0.2.1");
    assertThat(ForwardedHeader.address("[2001:DB8:0:0::1]")).isEqualTo("2001:db8::1");
    assertThat(ForwardedHeader.address("[2001:db8::1]:80")).isEqualTo("2001:db8::1");
    assertThat(ForwardedHeader.address("2001:db8::1")).isEqualTo("2001:db8::1");
    assertThat(ForwardedHeader.address("::ffff:10.1.2.3")).isEqualTo("10.1.2.3");
    for (String node :
        List.of(
            "",
            "unknown",
            "_x",
            "example.com",
            "[",
            "[]",
            "[::1",
            "[::1]x",
            "[::1]80",
            "1.2.3",
            "1.2.3.4:a b",
            "fe80::1%eth0",
            "[fe80::1%1]",
            "300.1.1.1",
            " 1.2.3.4")) {
      assertThat(ForwardedHeader.address(node)).as(node).isNull();
    }
  }

  @Property
  void whatUsherWritesIsReadAsItWasMeantWhateverTheHost(@ForAll Random chance) {
    String host = text(chance, "ab.:[]\"\\;,= \u00e9\r\n\t");
    String[] addresses = {"203.0.113.9", "2001:db8::1"};
    String address = addresses[chance.nextInt(2)];
    Client client = new Client(address, true, host, null, "10.0.0.1", Client.Heard.FORWARDED);
    List<Hop> hops = Objects.requireNonNull(ForwardedHeader.hops(ForwardedHeader.hop(client)));
    assertThat(hops).hasSize(2);
    assertThat(ForwardedHeader.address(Objects.requireNonNull(hops.get(0).node())))
        .isEqualTo(address);
    assertThat(hops.get(1).node()).isEqualTo("10.0.0.1");
    assertThat(hops.get(1).proto()).isEqualTo("https");
    assertThat(hops.get(1).host()).isIn(host, null);
  }

  @Property
  void noTextBreaksTheReader(@ForAll Random chance) {
    String line = text(chance, "for=host,;\"\\ \t[:]1.x_");
    List<Hop> hops = ForwardedHeader.hops(line);
    // What can be read can be read again behind what another wrote.
    if (hops != null) {
      assertThat(ForwardedHeader.hops(line + ", for=203.0.113.9")).hasSize(hops.size() + 1);
    }
  }

  private static String text(Random chance, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = chance.nextInt(20); i > 0; i--) {
      text.append(alphabet.charAt(chance.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
