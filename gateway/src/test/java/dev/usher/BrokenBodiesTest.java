package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.house.Over;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that turn out to be no HTTP, wherever they are sent. */
@Over(
    value = Way.class,
    only = {"HTTP_1", "HTTP_1_LATE_STORE", "TLS", "TLS_LATE_STORE"})
class BrokenBodiesTest extends EveryWay {
  private static final String ROOM =
      """
      rooms:
        concert:
          paths: [/concert]
          cors: {origins: ['https://www.tickets.example']}
      defaultUpstream: shop
      """;

  private String told(int port, String target, String more) {
    try (RawVisitor visitor = new RawVisitor(way().wire(), port)) {
      visitor.send(
          "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n");
      visitor.send(more + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n\r\n");
      return visitor.readAll();
    }
  }

  @Test
  void aRequestWithOneIsAnsweredOnceAndHoldsNothing() {
    TestPod pod = stage().pod();
    int port = stage().gateway(Stage.shop(pod, 1) + ROOM).port();
    Guest inside = guest(port);
    inside.comesIn("/concert");
    String name = way().cookie("usher-pass-concert");
    String pass = "Cookie: " + name + "=" + inside.jar().get(name) + "\r\n";
    for (String target : List.of("/concert/buy?held", "/elsewhere?held")) {
      assertThat(told(port, target, pass + "Origin: https://www.tickets.example\r\n"))
          .startsWith("HTTP/1.1 400")
          .containsOnlyOnce("HTTP/1.")
          .contains("\"/problems/malformed\"")
          .containsIgnoringCase("access-control-allow-origin: https://www.tickets.example")
          .containsIgnoringCase("connection: close");
    }
    for (String target : List.of("/concert/buy", "/_usher/join", "/_usher/nowhere")) {
      // Whoever is answered from the head alone has the answer before the body is looked at.
      assertThat(told(port, target, ""))
          .matches("(?s)HTTP/1.1 (200|404|429|400) .*")
          .containsOnlyOnce("HTTP/1.");
    }
    Stage.until("the pod has let go", () -> pod.held() == 0);
    assertThat(inside.opens("/concert").status()).isEqualTo(200);
  }
}
