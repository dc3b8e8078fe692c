package dev.usher.ops;

import dev.usher.admission.Admission;
import dev.usher.admission.Declared;
import dev.usher.admission.Figures;
import dev.usher.capacity.PodSet;
import dev.usher.capacity.PodView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How many may come in to an upstream, why not more, and from which numbers that follows, as the
 * operators' interface tells it.
 */
final class AdmissionTold {
  private AdmissionTold() {}

  static JsonObject of(Admission admission, Declared declared, PodSet pods) {
    Figures figures = admission.figures();
    return new JsonObject()
        .put("reason", Words.small(admission.reason()))
        .put("capacity", admission.capacity())
        .put("places", admission.places())
        .put("kept", admission.kept())
        .put("readyPods", figures.readyPods())
        .put("warmPods", figures.warmPods())
        .put("headroom", figures.headroom())
        .put("correction", figures.correction())
        .put("learned", figures.learned())
        .put("proven", figures.proven())
        .put("sessionsPerPod", figures.sessionsPerPod())
        .put("requestsPerSecondPerPod", figures.requestsPerPod())
        .put("requestsPerSecondPerSession", figures.requestsPerSession())
        .put("firstRequests", figures.firstRequests())
        .put("sessionSeconds", known(figures.sessionSeconds()))
        .put("responseSeconds", known(figures.responseSeconds()))
        .put("baselineSeconds", known(figures.baselineSeconds()))
        .put("requestsPerSecond", figures.load())
        .put("roomlessRequestsPerSecond", figures.roomless())
        .put("spareRequestsPerSecond", figures.spare())
        .put("visitorsPerSecond", figures.rate())
        .put("noShows", figures.noShows())
        .put("share", figures.share())
        .put("advice", Words.small(figures.advice()))
        .put("declared", declared(declared))
        .put("pods", pods(pods));
  }

  private static JsonObject declared(Declared declared) {
    return new JsonObject()
        .put("sessionsPerPod", declared.sessions() == 0 ? null : declared.sessions())
        .put("requestsPerSecondPerPod", known(declared.requestsPerSecond()))
        .put("maxInFlightPerPod", declared.maxInFlight() == 0 ? null : declared.maxInFlight())
        .put("responseSeconds", known(declared.responseSeconds()));
  }

  private static JsonArray pods(PodSet set) {
    JsonArray pods = new JsonArray();
    for (PodView pod : set.view()) {
      pods.add(
          new JsonObject()
              .put("pod", pod.pod().toString())
              .put("ready", pod.ready())
              .put("warmth", pod.warmth())
              .put("cap", pod.cap())
              .put("inFlight", pod.inFlight())
              .put("ejected", pod.ejected())
              .put("ejectedForSeconds", pod.ejectedForMillis() / 1000.0)
              .put("life", pod.life())
              .put("served", pod.served()));
    }
    return pods;
  }

  private static @Nullable Double known(double value) {
    return value == 0 ? null : value;
  }
}
