package dev.usher.ops;

import dev.usher.admission.Admission;
import dev.usher.admission.Declared;
import dev.usher.admission.Figures;
import dev.usher.admission.Learnt;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Warming;
import dev.usher.pods.PodView;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.warm.WarmUpView;
import dev.usher.words.EnumWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many may come in to an upstream, why not more, and the numbers behind that, as JSON for the
 * operators' interface.
 */
final class AdmissionJson {
  private AdmissionJson() {}

  static JsonObject of(Admission admission, Running.Upstream upstream) {
    Figures figures = admission.figures();
    Roster pods = upstream.pods();
    return new JsonObject()
        .put("reason", EnumWords.lower(admission.reason()))
        .put("capacity", admission.capacity())
        .put("places", admission.places())
        .put("kept", admission.kept())
        .put("readyPods", figures.readyPods())
        .put("warmPods", figures.warmPods())
        .put("headroom", figures.headroom())
        .put("correction", figures.correction())
        .put("correctionCause", cause(admission.learnt()))
        .put("heldSeconds", figures.heldSeconds())
        .put("evidence", number(figures.evidence()))
        .put("sinceCutSeconds", sinceCut(admission.learnt()))
        .put("learned", figures.learned())
        .put("proven", figures.proven())
        .put("sessionsPerPod", figures.sessionsPerPod())
        .put("requestsPerSecondPerPod", figures.requestsPerPod())
        .put("requestsPerSecondPerSession", figures.requestsPerSession())
        .put("firstRequests", figures.firstRequests())
        .put("sessionSeconds", known(figures.sessionSeconds()))
        .put("responseSeconds", known(figures.responseSeconds()))
        .put("baselineSeconds", known(figures.baselineSeconds()))
        .put("errorShare", failed(pods))
        .put("requestsPerSecond", figures.load())
        .put("roomlessRequestsPerSecond", figures.roomless())
        .put("spareRequestsPerSecond", figures.spare())
        .put("visitorsPerSecond", figures.rate())
        .put("noShows", figures.noShows())
        .put("share", figures.share())
        .put("advice", EnumWords.lower(figures.advice()))
        .put("declared", declared(upstream.declared()))
        .put("podsAgeSeconds", pods.age() == PodsSeen.NEVER_HEARD ? null : pods.age() / 1000.0)
        .put("sticky", Overview.sticky(pods.waiting().sticky()))
        .put("warmUp", warmUp(upstream.warmUp().view()))
        .put("pods", pods(pods, admission));
  }

  /** Null if the pods are not called. */
  private static @Nullable JsonObject warmUp(WarmUpView view) {
    if (view.paths().isEmpty()) {
      return null;
    }
    JsonArray failing = new JsonArray();
    view.failing()
        .forEach((path, why) -> failing.add(new JsonObject().put("path", path).put("why", why)));
    return new JsonObject()
        .put("paths", new JsonArray(view.paths()))
        .put("failing", failing)
        .put("called", view.called().size())
        .put("answered", view.answered())
        .put("failed", view.failed());
  }

  private static @Nullable String cause(@Nullable Learnt learnt) {
    return learnt == null ? null : EnumWords.lower(learnt.cause());
  }

  /** Null if there never was a cut, or if it is longer ago than is known. */
  private static @Nullable Double sinceCut(@Nullable Learnt learnt) {
    return learnt == null || learnt.sinceCutSeconds() >= Learnt.LONGEST_SECONDS
        ? null
        : learnt.sinceCutSeconds();
  }

  /** Over all pods together, each request counting alike. */
  private static @Nullable Double failed(Roster set) {
    long requests = 0;
    long failed = 0;
    for (PodView pod : set.view()) {
      requests += pod.lately().count() + pod.lately().failed();
      failed += pod.lately().failed();
    }
    return requests <= 0 ? null : failed / (double) requests;
  }

  private static JsonObject declared(Declared declared) {
    return new JsonObject()
        .put("sessionsPerPod", declared.sessions() == 0 ? null : declared.sessions())
        .put("requestsPerSecondPerPod", known(declared.requestsPerSecond()))
        .put("maxInFlightPerPod", declared.maxInFlight() == 0 ? null : declared.maxInFlight())
        .put("responseSeconds", known(declared.responseSeconds()));
  }

  private static JsonArray pods(Roster set, Admission admission) {
    Map<String, PodLimit> limits = new HashMap<>();
    admission.pods().forEach(limit -> limits.put(limit.pod(), limit));
    List<String> ill = admission.figures().ill();
    JsonArray pods = new JsonArray();
    for (PodView pod : set.view()) {
      PodLimit limit = limits.get(pod.pod().toString());
      Warming warming = limit == null ? null : limit.warming();
      pods.add(
          new JsonObject()
              .put("pod", pod.pod().toString())
              .put("ready", pod.ready())
              .put("warmth", pod.warmth())
              .put("cap", pod.cap())
              .put("inFlight", pod.inFlight())
              .put("beyondShareSeconds", pod.beyondMillis() / 1000.0)
              .put("ejected", pod.ejected())
              .put("ejectedWhy", pod.outWhy())
              .put("ejectedForSeconds", pod.ejectedForMillis() / 1000.0)
              .put("life", pod.life())
              .put("served", pod.served())
              .put("held", limit != null && limit.isHeld())
              .put("aged", warming == null ? null : warming.aged())
              .put("worked", warming == null ? null : warming.worked())
              .put("evident", warming != null && warming.evident())
              .put("warmInSeconds", warming == null ? null : number(warming.seconds()))
              .put("metUnready", warming != null && pod.metUnready())
              .put("responseSeconds", number(pod.lately().seconds()))
              .put("errorShare", number(pod.lately().failedShare()))
              .put("probe", pod.said())
              .put("ill", ill.contains(pod.pod().toString()))
              .put("illForSeconds", limit == null ? 0.0 : limit.illSeconds())
              .put("trust", pod.trust()));
    }
    return pods;
  }

  /** The number as JSON; null for NaN. */
  static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static @Nullable Double known(double value) {
    return value == 0 ? null : value;
  }
}
