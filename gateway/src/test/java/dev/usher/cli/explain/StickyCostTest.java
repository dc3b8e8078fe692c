package dev.usher.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class StickyCostTest {
  private static String told(String mode, int holding) {
    JsonObject sticky =
        new JsonObject()
            .put("mode", mode)
            .put("holding", holding)
            .put("moved", 12)
            .put("refused", 3);
    return StickyCost.of(new JsonObject().put("sticky", sticky));
  }

  @Test
  void whereSessionsStayNowhereNothingIsSaid() {
    assertThat(told("off", 0)).isEmpty();
    // A gateway of the version before says nothing of it.
    assertThat(StickyCost.of(new JsonObject())).isEmpty();
  }

  @Test
  void whoMovedWhoWasRefusedAndWhoWaitsIsTold() {
    assertThat(told("prefer", 2))
        .contains("(sticky: prefer)", "12 moved", "3", "2 wait for it now", "another pod has room");
    assertThat(told("require", 0)).contains("(sticky: require)", "Nobody waits for it now");
  }
}
