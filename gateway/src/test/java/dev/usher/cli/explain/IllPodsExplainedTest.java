package dev.usher.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of a pod that is worse than the others. */
final class IllPodsExplainedTest {
  private final JsonObject admission =
      new JsonObject()
          .put("advice", "few_pods_are_ill")
          .put("readyPods", 3)
          .put("correction", 0.8)
          .put("correctionCause", "errors")
          .put("sinceCutSeconds", 12.0)
          .put("errorShare", 0.03);

  private static JsonObject pod(int number, double failed, @Nullable Double seconds) {
    return new JsonObject()
        .put("pod", "10.0.0." + number + ":8080")
        .put("ready", true)
        .put("ejected", false)
        .put("trust", 1.0)
        .put("errorShare", failed)
        .put("responseSeconds", seconds)
        .put("ill", false)
        .put("illForSeconds", 0.0);
  }

  private static JsonObject ill(JsonObject pod) {
    return pod.put("ill", true).put("illForSeconds", 130.2).put("trust", 0.25);
  }

  private String advised(JsonObject... pods) {
    JsonArray all = new JsonArray();
    for (JsonObject pod : pods) {
      all.add(pod);
    }
    return new Advising(admission.put("pods", all)).sentence();
  }

  @Test
  void itIsNamedWithHowItAnswersBesideTheOthersAndSinceWhen() {
    assertThat(advised(pod(1, 0, 0.04), ill(pod(2, 0.12, 7.04)), pod(3, 0.02, 0.06)))
        .isEqualTo(
            "10.0.0.2:8080 has been worse than the other pods for 2 min 10 s: 12 % of its requests"
                + " fail (of the other pods' 1 %), it answers after 7.04 s (they 50 ms). It gets 25"
                + " % of its turns until it is well. Mend it, or take it out: the pods' own logs"
                + " say which paths they answered with 5xx or late, which Usher does not count, and"
                + " usher_proxy_errors_total by cause what was not answered at all. What is"
                + " declared of all is not to blame.");
  }

  @Test
  void onePodThatIsWellAgainIsNotToBeTakenOutAndAnotherThatFailsIsNamed() {
    assertThat(advised(pod(1, 0.21, 0.04), ill(pod(2, 0.03, 0.04))))
        .contains(
            "It gets 25 % of its turns, and more from now on, as it answers well again. Look at"
                + " 10.0.0.1:8080 too: 21 % of its requests fail, it answers after 40 ms.")
        .doesNotContain("take it out");
  }

  @Test
  void whereTheOthersFailAsMuchItIsNotSaidToBeWorse() {
    assertThat(advised(pod(1, 0.13, 0.04), ill(pod(2, 0.12, 0.04))))
        .startsWith(
            "10.0.0.2:8080 is taken for worse than the other pods, though they fail as much by now,"
                + " for 2 min 10 s: 12 % of its requests fail (of the other pods' 13 %)");
  }

  @Test
  void aPodThatNobodyAskedHereIsSaidToBeAskedElsewhere() {
    assertThat(advised(pod(1, 0, 0.04), ill(pod(2, 0, null)).putNull("errorShare")))
        .contains("2 min 10 s: this replica has not asked it lately, ask the others.");
  }

  @Test
  void aPodThatIsPutOutIsToldFirstWhateverElseIsAdvised() {
    admission.put("advice", "none").put("correctionCause", "none");
    assertThat(advised(pod(1, 0, 0.04), pod(2, 0.7, 0.04).put("ready", false).put("ejected", true)))
        .isEqualTo(
            "10.0.0.2:8080 is put out, because requests failed: see pod_ejected in the log, and its"
                + " own. Nothing has shown that what is declared is wrong.");
  }

  @Test
  void whatFailsWhereNoPodStandsOutIsNoReasonToDeclareLess() {
    admission.put("advice", "declared_too_high").put("correction", 0.5);
    assertThat(advised(pod(1, 0.1, 0.04), pod(2, 0.11, 0.04)))
        .startsWith("What fails wants mending first: the pods' own logs say which")
        .contains("Only if it fails for being busy: ");
    admission.put("advice", "none").put("correction", 0.9);
    assertThat(advised(pod(1, 0.1, 0.04))).startsWith("What fails wants mending first: ");
    admission.put("correctionCause", "latency");
    assertThat(advised(pod(1, 0, 0.04)))
        .isEqualTo("If this comes again and again, declare less; once is no reason to.");
  }

  @Test
  void theMeanOfAllIsNamedAsTheMeanWithThePodThatMakesIt() {
    advised(pod(1, 0.005, 0.04), pod(2, 0.06, 0.04), pod(3, 0.015, 0.04));
    assertThat(
            Doubts.of(admission.put("heldSeconds", 3.0).put("baselineSeconds", 0.04)).get("errors"))
        .startsWith(
            "80 % of what is declared is used since more than 5 % of some 50 requests failed, 12 s"
                + " ago; in the mean of all pods and the last 20 s 3 % fail: 10.0.0.2:8080 6 %, the"
                + " others 1 %; in 3 s it may rise again");
    admission.put("correctionCause", "latency");
    advised(pod(1, 0, 0.04), pod(2, 0, 0.7));
    assertThat(Doubts.of(admission).get("latency"))
        .contains("full, 12 s ago; the slowest pod: 10.0.0.2:8080 700 ms, the others 40 ms; in");
  }
}
