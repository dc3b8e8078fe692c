package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An app that keeps no cookies, before three replicas; plays share the Redis, so one by one. */
@Tag("redis")
class AppOnReplicasTest {
  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1", "TLS", "HTTP_2"})
  void anAppThatWasKilledGoesOnWithItsTicketAtAnyOfThreeReplicas(Way way) {
    try (Stage stage = new Stage(folder, way)) {
      TestPod pod = stage.pod();
      int[] ports = replicas(stage, pod);
      Guest inside = stage.guest(ports[0]).comesIn("/");
      Reply joined = stage.guest(ports[0]).posts("/_usher/join", "Usher-Ticket: none");
      String stored = "Usher-Ticket: " + joined.json().getString("ticket");
      for (int port : ports) {
        Stage.until(
            "the place is the same",
            () -> place(stage, port, stored).json().getInteger("position", 0) == 1);
      }
      inside.movesTo(ports[2]).posts("/_usher/leave");
      Stage.until("it is called", () -> "called".equals(state(stage, ports[1], stored)));
      Reply claimed = claimed(stage, ports[2], stored);
      assertThat(claimed.json().getString("pass")).isEqualTo(claimed.header("Usher-Pass"));
      String pass = "Usher-Pass: " + claimed.json().getString("pass");
      for (int port : ports) {
        assertThat(stage.guest(port).asks("GET", "/api", pass).body()).isEqualTo("in");
        assertThat(state(stage, port, pass)).isEqualTo("admitted");
      }
      assertThat(pod.last().header("Usher-Pass")).isEqualTo(claimed.header("Usher-Pass"));
    }
  }

  private static int[] replicas(Stage stage, TestPod pod) {
    String yaml =
        ("store: {redis: {url: '" + TestRedis.fresh() + "'}}\n")
            + Stage.shop(pod, 1)
            + "rooms: {concert: {poll: {min: 200ms}, offer: 60s}}";
    int[] ports = new int[3];
    for (int i = 0; i < ports.length; i++) {
      ports[i] = stage.gateway(yaml).port();
    }
    return ports;
  }

  /** A replica may hear a moment later than another whom the leader called. */
  private static Reply claimed(Stage stage, int port, String token) {
    List<Reply> told = new ArrayList<>();
    Stage.until(
        "it is let in",
        () -> {
          told.add(0, stage.guest(port).posts("/_usher/claim", token));
          return "admitted".equals(told.get(0).json().getString("state"));
        });
    return told.get(0);
  }

  private static Reply place(Stage stage, int port, String token) {
    return stage.guest(port).asks("GET", "/_usher/place", token);
  }

  private static String state(Stage stage, int port, String token) {
    return place(stage, port, token).json().getString("state", "");
  }
}
