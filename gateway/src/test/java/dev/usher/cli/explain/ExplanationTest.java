package dev.usher.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission.Reason;
import dev.usher.admission.Figures.Advice;
import dev.usher.words.EnumWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
  private static JsonObject room() {
    return new JsonObject(
        """
        {"room": "concert", "upstream": "shop", "waiting": 1240, "inside": 90, "sessions": 112,
         "paused": false, "leader": true, "lineAgeSeconds": 0.1, "store": "good",
         "standingBy": 0,
         "admission": {"reason": "latency", "capacity": 112, "readyPods": 2, "warmPods": 1.5,
           "headroom": 0.6, "correction": 0.56, "learned": 1.0,
           "correctionCause": "latency", "heldSeconds": 11.2, "podsAgeSeconds": 0.2,
           "sinceCutSeconds": 3.8, "errorShare": 0.03,
           "sessionsPerPod": 200.0,
           "requestsPerSecondPerPod": 30.0, "requestsPerSecondPerSession": 0.153,
           "firstRequests": 4.25, "sessionSeconds": 141.2, "responseSeconds": 0.512,
           "baselineSeconds": 0.2, "requestsPerSecond": 33.3, "roomlessRequestsPerSecond": 3.0,
           "spareRequestsPerSecond": 7.44, "visitorsPerSecond": 1.75, "noShows": 0.3,
           "share": 1.0, "advice": "declared_too_high",
           "declared": {"sessionsPerPod": 200, "requestsPerSecondPerPod": null,
             "maxInFlightPerPod": null, "responseSeconds": null},
           "pods": [
             {"pod": "10.0.0.1:8080", "ready": true, "warmth": 1.0, "cap": 18, "inFlight": 3,
              "ejected": false, "ejectedForSeconds": 0.0, "life": 1, "served": 12345,
              "aged": null, "worked": null, "evident": false, "warmInSeconds": null,
              "responseSeconds": 0.512, "errorShare": 0.004, "ill": false,
              "illForSeconds": 0.0, "trust": 1.0},
             {"pod": "10.0.0.2:8080", "ready": false, "warmth": 0.0, "cap": 0, "inFlight": 0,
              "ejected": true, "ejectedForSeconds": 4.6, "life": 2, "served": 7,
              "aged": null, "worked": null, "evident": false, "warmInSeconds": null,
              "responseSeconds": null, "errorShare": null, "ill": false,
              "illForSeconds": 0.0, "trust": 1.0}]}}
        """);
  }

  private static final String WHOLE =
      """
      Room concert: 1,240 wait, 90 are inside.

      The pods answered too slowly, or said that they are full, so that fewer are let in \
      than they are declared to carry, until it is tried again. (latency)
      This replica leads: so it is decided.

        sessions   112 of the 112 that upstream shop may have now
        capacity   200 sessions a warm pod; 2 pods ready, as good as 1.50 warm ones;
                   headroom 0.60 (eta, the part that is given out), correction 0.56 \
      (k, as measured)
        newcomers  1.8 a second: 7.44 requests a second are spare, each sends 4.25 at first
        load       33.3 requests a second, 3 of them of nobody's session;
                   a session sends 0.15 requests a second and lasts 141.2 s
        answers    half of them within 512 ms, of calm pods within 200 ms; in the mean of \
      all pods 3 % fail;
                   30 % of the called do not come

      Why the pods are not given all that is declared:
        latency    56 % of what is declared is used since pods answered too slowly, or said \
      that they are
                   full, 4 s ago; in 12 s it may rise again, by 2 % a second while the \
      house is full and
                   answers are in time: all of it after 34 s
        headroom   60 % of what is trusted is given out; the rest is for the loss of pods
                   (admission.surviveLossOf) and for chance. That stays so; more pods need \
      less

        pod                          ready   warm    cap in flight  answers   after   fail \
       state
        10.0.0.1:8080                  yes  100 %     18         3   12,345  512 ms    0 % \
       -
        10.0.0.2:8080                   no    0 %      0         0        7       -      - \
       put out for 5 s
        (of this replica; after and fail: in the mean of the last 20 s)

      10.0.0.2:8080 is put out, because requests failed: see pod_ejected in the log, and \
      its own. sessionsPerPod is declared 200, but 112 is what a pod bears now. \
      Declare that, or make the pods faster.
      """;

  @Test
  void itIsReadFromTheWhyToTheNumbersToWhatToDo() {
    assertThat(Explanation.of(List.of(room()))).isEqualTo(WHOLE);
  }

  @Test
  void aTrickleIsToldByHowLongOneTakes() {
    JsonObject room = room();
    room.getJsonObject("admission").put("visitorsPerSecond", 0.004).put("readyPods", 1);
    assertThat(Explanation.of(List.of(room)))
        .contains("newcomers  one in 250 s: ", "; 1 pod ready, as good as");
    room.getJsonObject("admission").put("visitorsPerSecond", 0.0);
    assertThat(Explanation.of(List.of(room))).contains("newcomers  none: ");
  }

  @Test
  void whatNoRoomHoldsBackIsToldWhereItIsMuch() {
    JsonObject room = room();
    assertThat(Explanation.of(List.of(room))).doesNotContain("held back by nothing");
    room.getJsonObject("admission").put("roomlessRequestsPerSecond", 20.0);
    assertThat(Explanation.of(List.of(room)))
        .contains("60 % of the requests to shop are held back by nothing: they bypass, or");
    room.getJsonObject("admission").put("requestsPerSecond", 0.5);
    room.getJsonObject("admission").put("roomlessRequestsPerSecond", 0.5);
    assertThat(Explanation.of(List.of(room))).doesNotContain("held back by nothing");
  }

  @Test
  void everyReasonHasASentenceOfItsOwn() {
    List<String> sentences =
        Arrays.stream(Reason.values())
            .map(EnumWords::lower)
            .map(LimitWords::reason)
            .collect(Collectors.toList());
    assertThat(sentences).doesNotHaveDuplicates().allMatch(sentence -> sentence.endsWith("."));
    assertThat(sentences).doesNotContain(LimitWords.reason("of another version"));
  }

  @Test
  void everyAdviceButNoneSaysWhatToDo() {
    for (Advice advice : Advice.values()) {
      String sentence =
          advised(
              EnumWords.lower(advice),
              admission -> {
                admission.put("correctionCause", "none");
                boolean ill = advice == Advice.FEW_PODS_ARE_ILL;
                admission.getJsonArray("pods").getJsonObject(0).put("ill", ill);
              });
      assertThat(sentence.equals("Nothing has shown that what is declared is wrong."))
          .isEqualTo(advice == Advice.NONE);
    }
  }

  @Test
  void theAdviceNamesEachNumberThatWasDeclared() {
    assertThat(
            advised(
                "declared_too_high",
                admission ->
                    admission.getJsonObject("declared").put("requestsPerSecondPerPod", 30.0)))
        .isEqualTo(
            "sessionsPerPod is declared 200, but 112 is what a pod bears now."
                + " requestsPerSecondPerPod is declared 30, but 16.8 is what a pod bears now."
                + " Declare that, or make the pods faster.");
    assertThat(
            advised("declared_too_high", admission -> admission.put("declared", new JsonObject())))
        .startsWith("requestsPerSecondPerPod is not declared and was taken for 30, but 16.8 is");
    assertThat(advised("declared_too_low", admission -> admission.put("learned", 2.0)))
        .startsWith("sessionsPerPod is declared 200, but 224 is what a pod bears now.");
    assertThat(advised("declared_too_low", admission -> {})).contains("admission.learnUpTo: 1.25");
  }

  private static String advised(String advice, Consumer<JsonObject> change) {
    JsonObject admission = room().getJsonObject("admission").put("advice", advice);
    admission.getJsonArray("pods").getJsonObject(1).put("ejected", false);
    change.accept(admission);
    return new Advising(admission).sentence();
  }

  @Test
  void roomsOfOneUpstreamAreToldTogetherAndAPausedOneSaysSo() {
    JsonObject other = room().put("room", "theatre").put("waiting", 3).put("paused", true);
    assertThat(Explanation.of(List.of(room(), other)))
        .startsWith(
            """
            Room concert: 1,240 wait, 90 are inside.
            Room theatre: 3 wait, 90 are inside. It is paused: nobody comes in until it is resumed.
            """)
        .containsOnlyOnce("(latency)");
  }

  @Test
  void whatAReplicaCannotKnowItSays() {
    assertThat(Explanation.of(List.of(room())))
        .doesNotContain("Another replica leads", "store")
        .contains("This replica leads");
    assertThat(Explanation.of(List.of(room().put("leader", false))))
        .contains("Another replica leads");
    assertThat(Explanation.of(List.of(room().put("lineAgeSeconds", 12.4))))
        .contains("is 12 s old. While the store does not answer, nobody comes in");
    assertThat(Explanation.of(List.of(room().putNull("lineAgeSeconds"))))
        .contains("never read the line");
  }

  @Test
  void aStoreThatIsAwayIsToldBeforeAllElse() {
    JsonObject away = room().put("store", "away").put("standingBy", 1234).put("leader", false);
    assertThat(Explanation.of(List.of(away.put("lineAgeSeconds", 12.4))))
        .startsWith(
            """
            The store does not answer: nobody new comes in until it does (where onStoreLoss is \
            share a few do), nobody loses a place, and 1,234 stand by here. What this replica \
            knows of the line is 12 s old. See store_unavailable in the log for what to do.

            Room concert: \
            """)
        .contains("Which replica leads is not known while the store is away");
    assertThat(Explanation.of(List.of(room().put("store", "settling"))))
        .startsWith("The store answers, and is given back what it lost: nobody comes in for");
  }

  private static String doubts(Consumer<JsonObject> change) {
    JsonObject room = room();
    change.accept(room.getJsonObject("admission"));
    return Explanation.of(List.of(room)).replaceAll("\\s+", " ");
  }

  @Test
  void whatIsNotProvenIsToldWithTheTimeThatItTakes() {
    assertThat(
            doubts(
                admission ->
                    admission
                        .put("correction", 0.5)
                        .put("correctionCause", "unproven")
                        .put("warmPods", 2.0)
                        .put("heldSeconds", 0.0)))
        .contains(
            "unproven 50 % of what is declared is trusted until the pods have shown that they bear"
                + " it all; it rises by 2 % a second while the house is full and answers are in"
                + " time: all of it after 25 s");
    assertThat(doubts(admission -> admission.put("heldSeconds", 0.0)))
        .contains("it does not rise before the pods are warm by 80 % in the mean");
    assertThat(doubts(admission -> admission.put("correctionCause", "errors")))
        .contains(
            "errors 56 % of what is declared is used since more than 5 % of some 50 requests"
                + " failed, 4 s ago; in the mean of all pods and the last 20 s 3 % fail; in 12 s");
    assertThat(doubts(admission -> admission.put("correction", 1.0)))
        .doesNotContain("2 % a second");
  }

  @Test
  void eachColdPodIsToldWithWhatItLacksThoseThatLastFirst() {
    JsonArray pods = new JsonArray();
    for (int i = 1; i <= 6; i++) {
      pods.add(
          new JsonObject()
              .put("pod", "10.0.0." + i + ":8080")
              .put("ready", true)
              .put("warmth", 0.1 * i)
              .put("aged", i == 6 ? null : 0.15 * i)
              .put("worked", 0.1 * i)
              .put("evident", i == 4)
              .put("warmInSeconds", i == 1 ? null : 50.0 - i));
    }
    assertThat(doubts(admission -> admission.put("pods", pods)))
        .contains(
            "warm-up 1 of 6 ready pods are warm; 10.0.0.1:8080 is at 10 % (15 % of its time, 10 %"
                + " of its answers), and gets too little to do to tell how long still;"
                + " 10.0.0.2:8080 is at 20 % (30 % of its time, 20 % of its answers), about 48 s"
                + " still; 10.0.0.3:8080 is at 30 % (45 % of its time, 30 % of its answers), about"
                + " 47 s still; 2 more are warm before these");
  }

  @Test
  void thePaceIsToldWithWhatBindsIt() {
    assertThat(doubts(admission -> admission.put("reason", "rate").put("visitorsPerSecond", 7.0)))
        .contains("pace 7.0 newcomers a second: no more requests are spare");
    assertThat(doubts(admission -> admission.put("reason", "rate").put("visitorsPerSecond", 1.0)))
        .contains("pace 1.0 newcomers a second: that fills the pods in some ten seconds");
    assertThat(doubts(admission -> admission.put("reason", "rate")))
        .contains("pace 1.8 newcomers a second: the requests that are spare pay for no more");
    assertThat(doubts(admission -> {})).doesNotContain("pace ");
  }

  @Test
  void aSilenceAboutThePodsIsToldByItsLength() {
    assertThat(doubts(admission -> admission.put("podsAgeSeconds", 12.4)))
        .contains("signal nothing was heard of the pods for 12 s: none that comes is counted");
    assertThat(doubts(admission -> admission.put("reason", "signal_stale")))
        .contains("all pods are said to be unready though they answered a moment ago");
    assertThat(
            doubts(admission -> admission.put("reason", "signal_stale").putNull("podsAgeSeconds")))
        .contains("it was never heard which pods there are");
  }

  @Test
  void whatIsUnknownIsNotToldAsNothing() {
    JsonObject room = room();
    room.getJsonObject("admission")
        .putNull("sessionSeconds")
        .putNull("responseSeconds")
        .put("pods", new JsonArray());
    assertThat(Explanation.of(List.of(room)))
        .contains("lasts an unknown time", "half of them within an unknown time");
  }
}
