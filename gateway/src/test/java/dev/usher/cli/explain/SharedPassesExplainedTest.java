package dev.usher.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedPassesExplainedTest {
  private final JsonObject room =
      new JsonObject(
          """
          {"room": "concert", "upstream": "shop", "waiting": 0, "inside": 3, "sessions": 3,
           "paused": false, "leader": true, "lineAgeSeconds": 0.1, "store": "good",
           "standingBy": 0,
           "admission": {"reason": "nobody_waits", "advice": "none", "correctionCause": "none"}}
          """);

  @Test
  void passesThatManyHadLatelyAreTold() {
    JsonObject shared = new JsonObject().put("sessions", 3).put("lastSecondsAgo", 12.0);
    assertThat(Explanation.of(List.of(room.copy().put("shared", shared))))
        .contains("Room concert: 3 sessions were used from more than four networks")
        .contains("the last 12 s ago", "session.networks");
    shared.put("lastSecondsAgo", 601.0);
    assertThat(Explanation.of(List.of(room.copy().put("shared", shared))))
        .doesNotContain("networks");
    shared.putNull("lastSecondsAgo");
    assertThat(Explanation.of(List.of(room.copy().put("shared", shared))))
        .doesNotContain("networks");
  }
}
