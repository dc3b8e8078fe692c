package dev.usher.ops;

import dev.usher.admission.PodsSeen;
import dev.usher.pods.PodView;
import dev.usher.pods.roster.Roster;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of one upstream's pods. They come and go, so their rows are rewritten for each
 * scrape.
 */
final class UpstreamMeters {
  private final MeterRegistry registry;
  private final Roster pods;
  private final List<PodGauge> perPod;

  /** A value that every pod has. */
  private record PodGauge(MultiGauge gauge, ToDoubleFunction<PodView> value) {}

  UpstreamMeters(MeterRegistry registry, Roster pods) {
    this.registry = registry;
    this.pods = pods;
    this.perPod = perPod();
    gauge("usher_pods_ready", "Pods that are sent requests", Roster::ready);
    gauge("usher_pods_ejected", "Pods put out by failed requests", UpstreamMeters::ejected);
    gauge(
        "usher_pods_age_seconds",
        "How long ago it was last heard which pods are ready",
        UpstreamMeters::ageSeconds);
    gauge(
        "usher_hold_queue_requests",
        "Requests that wait for a slot",
        set -> set.waiting().holding());
    gauge(
        "usher_sticky_hold_requests",
        "Requests that wait for a slot on the pod of their session",
        set -> set.waiting().sticky().holding());
    counter(
        "usher_sticky_moved",
        "Sessions that moved to another pod",
        set -> set.waiting().sticky().moved());
    counter(
        "usher_sticky_refused",
        "Requests refused because only the pod of their session might have them",
        set -> set.waiting().sticky().refused());
  }

  private List<PodGauge> perPod() {
    return List.of(
        perPod(
            "usher_pod_in_flight_requests",
            "Requests in flight on the pod from this replica",
            PodView::inFlight),
        perPod(
            "usher_pod_in_flight_max_requests",
            "Most requests ever in flight on the pod at once from this replica",
            PodView::inFlightMax),
        perPod(
            "usher_pod_cap_requests",
            "Requests that may be in flight on the pod at once from all replicas",
            PodView::cap),
        perPod(
            "usher_pod_share_requests",
            "Requests that may be in flight on the pod at once from this replica",
            PodView::share),
        perPod(
            "usher_pod_warmth_ratio",
            "Share of a warm pod's work that the pod is given",
            PodView::warmth),
        beyondShare(),
        perPod(
            "usher_pod_response_mean_seconds",
            "Time to the first byte of the pod's answers in the last 20 s, to this replica",
            pod -> pod.lately().seconds()),
        perPod(
            "usher_pod_errors_ratio",
            "Share of the pod's requests in the last 20 s that it failed, of this replica's",
            pod -> pod.lately().failedShare()),
        perPod(
            "usher_pod_ejected",
            "Whether failed requests put the pod out",
            pod -> pod.ejected() ? 1 : 0));
  }

  /** The age, or NaN if nothing was ever heard: a graph must not show that as a number. */
  private static double ageSeconds(Roster pods) {
    return pods.age() == PodsSeen.NEVER_HEARD ? Double.NaN : pods.age() / 1000.0;
  }

  private static double ejected(Roster pods) {
    return pods.view().stream().filter(PodView::ejected).count();
  }

  private void gauge(String name, String meaning, ToDoubleFunction<Roster> value) {
    Gauge.builder(name, pods, value)
        .strongReference(true)
        .tag("upstream", pods.name())
        .description(meaning)
        .register(registry);
  }

  private void counter(String name, String meaning, ToDoubleFunction<Roster> value) {
    FunctionCounter.builder(name, pods, value)
        .tag("upstream", pods.name())
        .description(meaning)
        .register(registry);
  }

  private PodGauge perPod(String name, String meaning, ToDoubleFunction<PodView> value) {
    MultiGauge gauge =
        MultiGauge.builder(name)
            .tag("upstream", pods.name())
            .description(meaning)
            .register(registry);
    return new PodGauge(gauge, value);
  }

  private PodGauge beyondShare() {
    return perPod(
        "usher_pod_beyond_share_seconds",
        "For how long more was in flight on the pod from this replica than its share",
        pod -> pod.beyondMillis() / 1000.0);
  }

  /** Removes the rows of all pods. */
  void forget() {
    perPod.forEach(metric -> metric.gauge().register(List.of(), true));
  }

  /** Takes over the pods as they stand now. */
  void refresh() {
    List<PodView> views = pods.view();
    for (PodGauge metric : perPod) {
      List<MultiGauge.Row<?>> rows = new ArrayList<>(views.size());
      for (PodView view : views) {
        rows.add(
            MultiGauge.Row.of(
                Tags.of("pod", view.pod().toString()), metric.value().applyAsDouble(view)));
      }
      metric.gauge().register(rows, true);
    }
  }
}
