package dev.usher.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NotReadyTest {
  private static JsonObject out(int served, @Nullable String why) {
    return new JsonObject()
        .put("pod", "10.0.0.1:8080")
        .put("ready", false)
        .put("ejected", true)
        .put("ejectedWhy", why)
        .put("served", served);
  }

  @Test
  void aMeshThatTakesNoConnectionIsNamedWhereKubernetesCallsAllPodsReady() {
    String hint = "is there a mesh in STRICT mode (docs/kubernetes.md)?";
    assertThat(NotReady.of(JsonArray.of(out(0, null), out(0, null)))).contains(hint);
    assertThat(NotReady.of(JsonArray.of(out(9, "every connection to it broke")))).contains(hint);
    // One that answers shows that connections come through; and this is a crash, not a mesh.
    assertThat(NotReady.of(JsonArray.of(out(0, null), out(7, null)))).isEmpty();
    assertThat(NotReady.of(JsonArray.of(out(0, "it refused connections")))).isEmpty();
    assertThat(NotReady.of(JsonArray.of())).isEmpty();
  }

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
