package dev.usher.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A doubt is not said to go when it does not. */
final class DoubtsTest {
  private final JsonObject admission =
      new JsonObject()
          .put("correction", 0.5)
          .put("correctionCause", "errors")
          .put("heldSeconds", 0.0)
          .put("readyPods", 2)
          .put("warmPods", 2.0)
          .put("baselineSeconds", 0.2);

  private String errors() {
    return Doubts.of(admission).getOrDefault("errors", "");
  }

  @Test
  void theFewerAnswersComeTheSlowerTheCorrectionRises() {
    admission.put("evidence", 1.0);
    assertThat(errors())
        .endsWith(
            "it rises by 2 % a second while the house is full and answers are in time: all of it"
                + " after 25 s");
    admission.put("evidence", 0.2);
    assertThat(errors())
        .endsWith(
            "it rises by 0.40 % a second while the house is full and answers are in time: all of"
                + " it after 125 s, and sooner when there are more answers to go by");
  }

  @Test
  void whatItWaitsForIsToldWhileItDoesNotRise() {
    admission.put("evidence", 0.0);
    assertThat(errors())
        .endsWith(
            "it does not rise before the pods answer something: in the last half minute nobody"
                + " inside asked for anything");
    admission.put("evidence", 0.2).putNull("baselineSeconds");
    assertThat(errors())
        .endsWith(
            "it does not rise before it is known how long a calm pod takes: that takes 50 answers"
                + " within half a minute, or responseTime");
  }

  @Test
  void aReplicaThatDoesNotLeadKnowsNothingOfTheAnswersItGoesBy() {
    admission.putNull("evidence");
    assertThat(errors()).contains("it rises by 2 % a second while the house is full");
  }

  @Test
  void aPodThatWasNotReadyAtTheFirstProbeIsToldToBeTakenForColdForThat() {
    JsonObject cold =
        new JsonObject()
            .put("pod", "10.0.0.1:80")
            .put("ready", true)
            .put("warmth", 0.1)
            .put("aged", 0.0)
            .put("worked", 0.0)
            .put("warmInSeconds", 60.0)
            .put("metUnready", true);
    admission.put("pods", new JsonArray().add(cold));
    assertThat(Doubts.of(admission).get("warm-up"))
        .endsWith("still, taken for cold since it was not ready at the first probe");
    cold.put("metUnready", false);
    assertThat(Doubts.of(admission).get("warm-up")).endsWith("still");
  }
}
