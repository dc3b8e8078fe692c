package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission;
import dev.usher.admission.Admission.Reason;
import dev.usher.admission.Figures;
import dev.usher.admission.Figures.Advice;
import dev.usher.admission.Learnt;
import dev.usher.admission.Observation;
import dev.usher.admission.PodLimit;
import dev.usher.admission.Warming;
import dev.usher.pods.Slot;
import dev.usher.words.EnumWords;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each number behind an admission is told under its own name. */
final class WhyNobodyComesInTest {
  /** No two alike, so that none can be taken for another. */
  private static final Figures FIGURES =
      new Figures(
          2,
          1.5,
          0.6,
          0.7,
          1.25,
          true,
          100,
          12,
          0.15,
          4,
          141,
          0.5,
          0.2,
          33,
          3,
          7,
          1.75,
          0.3,
          0.9,
          12,
          0.4,
          List.of("10.0.0.2:8080"),
          Advice.DECLARED_TOO_HIGH);

  private Figures figures = FIGURES;
  private final OpsRig rig = new OpsRig(this::decide);

  private Admission decide(Observation seen) {
    return new Admission(
        42,
        5,
        6,
        Reason.LATENCY,
        figures,
        List.of(
            new PodLimit("10.0.0.1:8080", 1, 3),
            new PodLimit(
                "10.0.0.2:8080", 0.5, 2, 2, 600, 0.25, 130, new Warming(0.75, 0.5, true, 8))),
        new Learnt("1/1", 0.7, 1.25, Learnt.Cause.LATENCY, true, 3, 0.2, 0.15, 0.2, 4));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void everyFigureIsAMetricOfTheUpstream() {
    rig.podsReady();
    rig.tick();
    assertThat(shop("usher_capacity_sessions")).isEqualTo(42);
    assertThat(shop("usher_pods_warm")).isEqualTo(1.5);
    assertThat(shop("usher_admission_headroom_ratio")).isEqualTo(0.6);
    assertThat(shop("usher_admission_correction_ratio")).isEqualTo(0.7);
    assertThat(shop("usher_admission_learned_ratio")).isEqualTo(1.25);
    assertThat(shop("usher_pod_bears_sessions")).isEqualTo(100);
    assertThat(shop("usher_pod_bears_requests_per_second")).isEqualTo(12);
    assertThat(shop("usher_session_requests_per_second")).isEqualTo(0.15);
    assertThat(shop("usher_session_first_requests")).isEqualTo(4);
    assertThat(shop("usher_session_length_seconds")).isEqualTo(141);
    assertThat(shop("usher_response_median_seconds")).isEqualTo(0.5);
    assertThat(shop("usher_response_baseline_seconds")).isEqualTo(0.2);
    assertThat(shop("usher_load_requests_per_second")).isEqualTo(33);
    assertThat(shop("usher_roomless_requests_per_second")).isEqualTo(3);
    assertThat(shop("usher_spare_requests_per_second")).isEqualTo(7);
    assertThat(shop("usher_admission_rate_visitors_per_second")).isEqualTo(1.75);
    assertThat(shop("usher_no_shows_ratio")).isEqualTo(0.3);
    assertThat(shop("usher_traffic_share_ratio")).isEqualTo(0.9);
  }

  @Test
  void whatLimitsAndWhatToChangeAreTheOnesAmongAll() {
    rig.podsReady();
    rig.tick();
    for (Reason reason : Reason.values()) {
      String name = "usher_admission_reason{reason=\"" + EnumWords.lower(reason);
      assertThat(rig.metric(name + "\",upstream=\"shop\"}"))
          .isEqualTo(reason == Reason.LATENCY ? 1 : 0);
    }
    for (Advice advice : Advice.values()) {
      String name = "usher_admission_advice{advice=\"" + EnumWords.lower(advice);
      assertThat(rig.metric(name + "\",upstream=\"shop\"}"))
          .isEqualTo(advice == Advice.DECLARED_TOO_HIGH ? 1 : 0);
    }
  }

  @Test
  void theWarmthOfEachPodIsTold() {
    rig.podsReady();
    rig.tick();
    String second = "{pod=\"10.0.0.2:8080\",upstream=\"shop\"}";
    assertThat(rig.metric("usher_pod_warmth_ratio" + second)).isEqualTo(0.5);
    assertThat(rig.metric("usher_pod_cap_requests" + second)).isEqualTo(2);
    assertThat(rig.metric("usher_pod_ejected" + second)).isZero();
  }

  @Test
  void howFastAPodAnswersAndHowOftenItFailsIsToldByPod() {
    rig.podsReady();
    rig.tick();
    for (int i = 0; i < 4; i++) {
      Slot slow = rig.takeOtherThan(OpsRig.FIRST);
      slow.firstByte(700_000, i == 0 ? 500 : 200, 0);
      slow.giveBack(Slot.Outcome.ANSWERED);
      Slot fast = rig.takeOtherThan(OpsRig.SECOND);
      fast.firstByte(50_000, 200, 0);
      fast.giveBack(Slot.Outcome.ANSWERED);
    }
    String first = "{pod=\"10.0.0.1:8080\",upstream=\"shop\"}";
    String second = "{pod=\"10.0.0.2:8080\",upstream=\"shop\"}";
    assertThat(rig.metric("usher_pod_response_mean_seconds" + first)).isEqualTo(0.05);
    assertThat(rig.metric("usher_pod_response_mean_seconds" + second)).isEqualTo(0.7);
    assertThat(rig.metric("usher_pod_errors_ratio" + first)).isZero();
    assertThat(rig.metric("usher_pod_errors_ratio" + second)).isEqualTo(0.25);
    JsonObject pod =
        rig.json("/api/upstreams")
            .getJsonArray("upstreams")
            .getJsonObject(0)
            .getJsonArray("pods")
            .getJsonObject(1);
    assertThat(pod.getDouble("responseSeconds")).isEqualTo(0.7);
    assertThat(pod.getDouble("errorShare")).isEqualTo(0.25);
    for (int i = 0; i < 30; i++) {
      rig.tick();
    }
    assertThat(rig.metric("usher_pod_response_mean_seconds" + second)).isNaN();
  }

  @Test
  void theRoomTellsEveryFigureUnderItsName() {
    rig.podsReady();
    rig.tick();
    JsonObject admission = rig.json("/api/rooms/concert").getJsonObject("admission");
    JsonObject declared = admission.getJsonObject("declared");
    admission.remove("pods");
    admission.remove("declared");
    assertThat(admission)
        .isEqualTo(
            new JsonObject(
                """
                {"reason": "latency", "capacity": 42, "places": 5, "kept": 6,
                 "readyPods": 2, "warmPods": 1.5, "headroom": 0.6, "correction": 0.7,
                 "correctionCause": "latency", "heldSeconds": 12.0, "sinceCutSeconds": 3.0,
                 "errorShare": null, "podsAgeSeconds": 0.0,
                 "evidence": 0.4, "learned": 1.25, "proven": true,
                 "sessionsPerPod": 100.0, "requestsPerSecondPerPod": 12.0,
                 "requestsPerSecondPerSession": 0.15, "firstRequests": 4.0,
                 "sessionSeconds": 141.0, "responseSeconds": 0.5, "baselineSeconds": 0.2,
                 "requestsPerSecond": 33.0, "roomlessRequestsPerSecond": 3.0,
                 "spareRequestsPerSecond": 7.0, "visitorsPerSecond": 1.75,
                 "noShows": 0.3, "share": 0.9, "advice": "declared_too_high",
                 "sticky": {"mode": "off", "holding": 0, "moved": 0, "refused": 0},
                 "warmUp": {"paths": ["/seats"], "failing": [], "called": 0, "answered": 0,
                            "failed": 0}}
                """));
    assertThat(declared)
        .isEqualTo(
            new JsonObject(
                """
                {"sessionsPerPod": 2, "requestsPerSecondPerPod": null, "maxInFlightPerPod": 3,
                 "responseSeconds": null}
                """));
  }

  @Test
  void theRoomTellsOfEachPodUnderItsName() {
    rig.podsReady();
    rig.tick();
    JsonObject admission = rig.json("/api/rooms/concert").getJsonObject("admission");
    assertThat(admission.getJsonArray("pods").getJsonObject(1))
        .isEqualTo(
            new JsonObject(
                """
                {"pod": "10.0.0.2:8080", "ready": true, "warmth": 0.5, "cap": 2, "inFlight": 0,
                 "beyondShareSeconds": 0.0,
                 "ejected": false, "ejectedWhy": null, "ejectedForSeconds": 0.0,
                 "life": 1, "served": 0, "held": false,
                 "aged": 0.75, "worked": 0.5, "evident": true, "warmInSeconds": 8.0,
                 "metUnready": false, "responseSeconds": null, "errorShare": null,
                 "probe": "it answered as a ready pod does", "ill": true,
                 "illForSeconds": 130.0, "trust": 0.25}
                """));
  }

  @Test
  void whatIsNotKnownYetIsNotToldAsNothing() {
    figures = Figures.NONE;
    rig.tick();
    assertThat(shop("usher_session_length_seconds")).isNaN();
    assertThat(shop("usher_response_median_seconds")).isNaN();
    assertThat(shop("usher_response_baseline_seconds")).isNaN();
    JsonObject admission = rig.json("/api/rooms/concert").getJsonObject("admission");
    assertThat(admission.getDouble("sessionSeconds")).isNull();
    assertThat(admission.getDouble("responseSeconds")).isNull();
    assertThat(admission.getDouble("baselineSeconds")).isNull();
  }

  private double shop(String metric) {
    return rig.metric(metric + "{upstream=\"shop\"}");
  }
}
