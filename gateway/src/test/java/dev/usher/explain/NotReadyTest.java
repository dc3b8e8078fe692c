package dev.usher.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class NotReadyTest {
  private static JsonObject pod(int number, boolean ready) {
    return new JsonObject()
        .put("pod", "10.0.0." + number + ":8080")
        .put("ready", ready)
        .put("probe", "it answered " + number);
  }

  @Test
  void ofEachPodThatIsNotReadyTheLastProbeIsSaid() {
    assertThat(NotReady.of(new JsonArray().add(pod(1, true)).add(pod(2, false))))
        .isEqualTo("\n  10.0.0.2:8080: it answered 2\n");
  }

  @Test
  void whereAllAreReadyOrNothingWasHeardNothingIsSaid() {
    assertThat(NotReady.of(new JsonArray().add(pod(1, true)))).isEmpty();
    assertThat(NotReady.of(new JsonArray().add(pod(1, false).putNull("probe")))).isEmpty();
  }

  @Test
  void ofManyTheFirstAreNamedAndTheOthersCounted() {
    JsonArray pods = new JsonArray();
    for (int i = 1; i <= 8; i++) {
      pods.add(pod(i, false));
    }
    assertThat(NotReady.of(pods))
        .endsWith("10.0.0.5:8080: it answered 5\n  and 3 more that are not ready\n");
  }
}
