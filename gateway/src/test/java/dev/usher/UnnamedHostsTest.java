package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnnamedHostsTest {
  private static final String CONCERT = "rooms: {concert: {hosts: [tickets.example]}}\n";
  private static final String BEHIND_A_PROXY =
      "listen: {host: 127.0.0.1, port: 0, trustedProxies: [127.0.0.1]}\n";

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private TestPod pod = new TestPod(Vertx.vertx());

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    pod = stage.pod();
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  @Test
  void noOtherNameForTheSameAddressGetsPastTheRoom() {
    Gateway gateway = stage.gateway(Stage.shop(pod, 1) + CONCERT);
    Guest inside = new Guest(gateway.port()).always("Host: tickets.example");
    inside.comesIn("/");
    for (String host :
        List.of("other.example", "127.0.0.1", "tickets.example..", "www.tickets.example", "x")) {
      Guest stranger = new Guest(gateway.port()).always("Host: " + host);
      Reply page = stranger.opens("/concert/buy");
      assertThat(page.status()).as(host).isEqualTo(421);
      assertThat(page.body()).contains("rooms.NAME.hosts").doesNotContain("tickets.example");
      assertThat(stranger.fetches("/concert/buy").status()).isEqualTo(421);
      assertThat(stranger.posts("/_usher/join").status()).isEqualTo(421);
    }
    for (String host : List.of("TICKETS.example", "tickets.example.", "tickets.example:8080")) {
      Guest second = new Guest(gateway.port()).always("Host: " + host);
      assertThat(second.opens("/").state()).as(host).isEqualTo("waiting");
    }
    assertThat(pod.asked).hasSize(1);
    assertThat(new Guest(gateway.opsPort()).fetches("/metrics").body())
        .contains("usher_misdirected_requests_total 15.0");
  }

  @Test
  void ofAnAbsoluteTargetTheAuthorityDecidesAndNoDifferentHost() {
    int port = stage.gateway(Stage.shop(pod, 1) + CONCERT).port();
    Guest inside = new Guest(port).always("Host: tickets.example");
    inside.comesIn("/");
    for (String other : List.of("other.example", "tickets.example")) {
      assertThat(absolute(port, "http://other.example/buy", other)).startsWith("HTTP/1.1 421");
      assertThat(absolute(port, "http://tickets.example/buy", other))
          .startsWith("HTTP/1.1 200")
          .contains("usher-state: waiting");
    }
    assertThat(pod.asked).hasSize(1);
  }

  private static String absolute(int port, String target, String host) {
    try (RawVisitor visitor = new RawVisitor(Wire.HTTP_1, port)) {
      String accept = "Accept: text/html";
      visitor.send(
          RawVisitor.head(
              "GET " + target + " HTTP/1.1", "Host: " + host, accept, "Connection: close"));
      return visitor.readAll();
    }
  }

  @Test
  void aProxyThatRewritesTheHostSaysWhichWasAskedFor() {
    int port = stage.gateway(BEHIND_A_PROXY + Stage.shop(pod, 1) + CONCERT).port();
    Guest first = behind(port, "X-Forwarded-Host: tickets.example");
    first.comesIn("/");
    assertThat(pod.last().header("Host")).isEqualTo("origin-7.internal");
    assertThat(pod.last().header("X-Forwarded-Host")).isEqualTo("tickets.example");
    Guest second = behind(port, "X-Forwarded-Host: tickets.example");
    assertThat(second.opens("/").state()).isEqualTo("waiting");
    Reply claimed = second.always("Origin: https://tickets.example").posts("/_usher/leave");
    assertThat(claimed.status()).isEqualTo(200);
    assertThat(behind(port, "X-Forwarded-Host: other.example").opens("/").status()).isEqualTo(421);
    // Of a list, the nearest proxy wrote the last.
    assertThat(behind(port, "X-Forwarded-Host: tickets.example, x").opens("/").status())
        .isEqualTo(421);
    assertThat(pod.asked).hasSize(1);
  }

  @Test
  void aStrangerWhoForwardsAHostIsNotHeard() {
    int port = stage.gateway(Stage.shop(pod, 1) + CONCERT).port();
    assertThat(behind(port, "X-Forwarded-Host: tickets.example").opens("/").status())
        .isEqualTo(421);
    assertThat(pod.asked).isEmpty();
  }

  private static Guest behind(int port, String header) {
    return new Guest(port).always("Host: origin-7.internal").always(header);
  }

  @Test
  void aBalancerIsToldByAnyHostThatVisitorsMayBeSent() {
    Gateway gateway = stage.gateway(Stage.shop(pod, 1) + CONCERT);
    for (String host : List.of("10.0.0.9:8080", "other.example", "tickets.example")) {
      Guest balancer = new Guest(gateway.port()).always("Host: " + host);
      assertThat(balancer.fetches("/_usher/health").status()).isEqualTo(200);
      assertThat(balancer.fetches("/_usher/health").body()).isEqualTo("ready\n");
      assertThat(balancer.asks("HEAD", "/_usher/health").status()).isEqualTo(200);
      assertThat(balancer.posts("/_usher/health").status()).isEqualTo(405);
      assertThat(balancer.jar()).isEmpty();
    }
    assertThat(pod.asked).isEmpty();
  }
}
