package dev.usher.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission.Reason;
import dev.usher.admission.Figures.Advice;
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
         "paused": false, "leader": true, "lineAgeSeconds": 0.1,
         "admission": {"reason": "latency", "capacity": 112, "readyPods": 2, "warmPods": 1.5,
           "headroom": 0.6, "correction": 0.56, "learned": 1.0, "sessionsPerPod": 200.0,
           "requestsPerSecondPerPod": 30.0, "requestsPerSecondPerSession": 0.153,
           "firstRequests": 4.25, "sessionSeconds": 141.2, "responseSeconds": 0.512,
           "baselineSeconds": 0.2, "requestsPerSecond": 33.3, "roomlessRequestsPerSecond": 3.0,
           "spareRequestsPerSecond": 7.44, "visitorsPerSecond": 1.75, "noShows": 0.3,
           "share": 1.0, "advice": "declared_too_high",
           "declared": {"sessionsPerPod": 200, "requestsPerSecondPerPod": null,
             "maxInFlightPerPod": null, "responseSeconds": null},
           "pods": [
             {"pod": "10.0.0.1:8080", "ready": true, "warmth": 1.0, "cap": 18, "inFlight": 3,
              "ejected": false, "ejectedForSeconds": 0.0, "life": 1, "served": 12345},
             {"pod": "10.0.0.2:8080", "ready": false, "warmth": 0.0, "cap": 0, "inFlight": 0,
              "ejected": true, "ejectedForSeconds": 4.6, "life": 2, "served": 7}]}}
        """);
  }

  @Test
  void itIsReadFromTheWhyToTheNumbersToWhatToDo() {
    assertThat(Explanation.of(List.of(room())))
        .isEqualTo(
            """
            Room concert: 1,240 wait, 90 are inside.

            The pods answer too slowly, so that fewer are let in than they are declared to carry. \
            (latency)

              sessions   112 of the 112 that upstream shop may have now
              capacity   200 sessions a warm pod; 2 pods ready, as good as 1.50 warm ones;
                         headroom 0.60 (eta, for the loss of one), correction 0.56 (k, as measured)
              newcomers  1.8 a second: 7.44 requests a second are spare, each sends 4.25 at first
              load       33.3 requests a second, 3 of them of nobody's session;
                         a session sends 0.15 requests a second and lasts 141.2 s
              answers    after 512 ms, calm pods after 200 ms; 30 % of the called do not come

              pod                          ready   warm    cap in flight  answers  put out for
              10.0.0.1:8080                  yes  100 %     18         3   12,345  -
              10.0.0.2:8080                   no    0 %      0         0        7  5 s

            sessionsPerPod is declared 200, but 112 is what a pod bears now. \
            Declare that, or make the pods faster.
            """);
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
            .map(Words::small)
            .map(Words::reason)
            .collect(Collectors.toList());
    assertThat(sentences).doesNotHaveDuplicates().allMatch(sentence -> sentence.endsWith("."));
    assertThat(sentences).doesNotContain(Words.reason("of another version"));
  }

  @Test
  void everyAdviceButNoneSaysWhatToDo() {
    for (Advice advice : Advice.values()) {
      String sentence = advised(Words.small(advice), admission -> {});
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
    assertThat(Explanation.of(List.of(room()))).doesNotContain("does not lead", "store");
    assertThat(Explanation.of(List.of(room().put("leader", false))))
        .contains("This replica does not lead");
    assertThat(Explanation.of(List.of(room().put("lineAgeSeconds", 12.4))))
        .contains("is 12 s old. While the store does not answer, nobody comes in");
    assertThat(Explanation.of(List.of(room().putNull("lineAgeSeconds"))))
        .contains("never read the line");
  }

  @Test
  void whatIsUnknownIsNotToldAsNothing() {
    JsonObject room = room();
    room.getJsonObject("admission")
        .putNull("sessionSeconds")
        .putNull("responseSeconds")
        .put("pods", new JsonArray());
    assertThat(Explanation.of(List.of(room)))
        .contains("lasts an unknown time", "after an unknown time");
  }

  @Test
  void passesThatManyHadLatelyAreTold() {
    JsonObject shared = new JsonObject().put("sessions", 3).put("lastSecondsAgo", 12.0);
    assertThat(Explanation.of(List.of(room().put("shared", shared))))
        .contains("Room concert: 3 sessions were used from more than four networks")
        .contains("the last 12 s ago", "session.networks");
    assertThat(Explanation.of(List.of(room().put("shared", shared.put("lastSecondsAgo", 601.0)))))
        .doesNotContain("networks");
    assertThat(Explanation.of(List.of(room().put("shared", shared.putNull("lastSecondsAgo")))))
        .doesNotContain("networks");
  }
}
