package dev.usher.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class WouldBeTest {
  private static JsonObject room(String name, String mode) {
    JsonObject spared = new JsonObject().put("not_joined", 1200).put("no_slot", 0);
    JsonArray pods =
        new JsonArray()
            .add(new JsonObject().put("pod", "10.0.0.1:8080").put("beyondShareSeconds", 0.2))
            .add(new JsonObject().put("pod", "10.0.0.2:8080").put("beyondShareSeconds", 40.0));
    return new JsonObject()
        .put("room", name)
        .put("mode", mode)
        .put("admission", new JsonObject().put("capacity", 620).put("pods", pods))
        .put(
            "observed",
            new JsonObject()
                .put("wouldWait", 7)
                .put("wouldHaveHeld", 412)
                .put("longestWaitSeconds", 190.2)
                .put("spared", spared.put("too_many_join", 3)));
  }

  @Test
  void ofARoomThatOnlyWatchesItSaysWhatGuardingWouldHaveDone() {
    assertThat(WouldBe.of(List.of(room("concert", "observe"), room("theatre", "guard"))))
        .isEqualTo(
            """
            Room concert only watches (mode: observe): everyone goes on, whatever is said below.
            Of its requests to this replica guarding would have held back or refused: 1,200 \
            without a pass or a place in the line (not_joined), 3 of newcomers whose address sends \
            too many (too_many_join).
            Guarding would have held 412 people, at most 3 min 10 s, 7 of them now; capacity 620; \
            10.0.0.2:8080 over its cap for 40 s.
            """);
  }

  @Test
  void aReplicaThatDoesNotLeadSaysWhomToAskAndNotThatNobodyWouldWait() {
    assertThat(WouldBe.of(List.of(room("concert", "observe").put("leader", false))))
        .doesNotContain("412")
        .contains("is reckoned by the replica that leads: ask it.");
  }

  @Test
  void ofRoomsThatGuardItSaysNothing() {
    assertThat(WouldBe.of(List.of(room("theatre", "guard")))).isEmpty();
  }
}
