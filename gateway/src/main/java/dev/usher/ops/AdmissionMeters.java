package dev.usher.ops;

import dev.usher.admission.Admission;
import dev.usher.admission.Figures;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.words.EnumWords;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of how many may come in to one upstream, why not more, and the numbers behind that.
 */
final class AdmissionMeters {
  private static final List<Figure> FIGURES =
      List.of(
          new Figure("usher_pods_warm", "Ready pods, each by its warmth", Figures::warmPods),
          new Figure(
              "usher_admission_headroom_ratio",
              "Share of the capacity that is used, so that the loss of a pod is survived",
              Figures::headroom),
          new Figure(
              "usher_admission_correction_ratio",
              "What measurements leave of the declared capacity",
              Figures::correction),
          new Figure(
              "usher_admission_learned_ratio",
              "By how much the declared capacity was found too low",
              Figures::learned),
          new Figure(
              "usher_pod_bears_sessions",
              "Sessions of one warm pod, as declared or as it follows",
              Figures::sessionsPerPod),
          new Figure(
              "usher_pod_bears_requests_per_second",
              "Requests a second of one warm pod, as declared or as it follows",
              Figures::requestsPerPod),
          new Figure(
              "usher_session_requests_per_second",
              "Requests a second of a session after its first five seconds",
              Figures::requestsPerSession),
          new Figure(
              "usher_session_first_requests",
              "Requests of a session in its first five seconds",
              Figures::firstRequests),
          new Figure(
              "usher_session_length_seconds",
              "How long sessions last",
              figures -> known(figures.sessionSeconds())),
          new Figure(
              "usher_response_median_seconds",
              "Time to the first byte that half of the answers took lately",
              figures -> known(figures.responseSeconds())),
          new Figure(
              "usher_response_baseline_seconds",
              "The same while the pods are calm",
              figures -> known(figures.baselineSeconds())),
          new Figure(
              "usher_load_requests_per_second", "Requests a second on all replicas", Figures::load),
          new Figure(
              "usher_roomless_requests_per_second",
              "Of these, those of nobody's session",
              Figures::roomless),
          new Figure(
              "usher_roomless_ratio",
              "Share of the requests that are of nobody's session",
              figures -> figures.load() > 0 ? figures.roomless() / figures.load() : 0),
          new Figure(
              "usher_spare_requests_per_second",
              "Requests a second that are free for newcomers",
              Figures::spare),
          new Figure(
              "usher_admission_rate_visitors_per_second",
              "Newcomers that may be admitted a second",
              Figures::rate),
          new Figure(
              "usher_no_shows_ratio", "Share of the called who do not come", Figures::noShows),
          new Figure(
              "usher_traffic_share_ratio",
              "Share of the upstream's requests that this replica sees",
              Figures::share));

  private final MeterRegistry registry;

  private record Figure(String name, String meaning, ToDoubleFunction<Figures> value) {}

  AdmissionMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void register(Doorkeeper doorkeeper) {
    gauge(doorkeeper, "usher_capacity_sessions", d -> d.admission().capacity())
        .description("Sessions that the upstream may carry now")
        .register(registry);
    for (Admission.Reason reason : Admission.Reason.values()) {
      gauge(doorkeeper, "usher_admission_reason", d -> limits(d, reason))
          .tag("reason", EnumWords.lower(reason))
          .description("What limits admission now, as this replica decided while it leads")
          .register(registry);
    }
    for (Figures.Advice advice : Figures.Advice.values()) {
      gauge(doorkeeper, "usher_admission_advice", d -> advises(d, advice))
          .tag("advice", EnumWords.lower(advice))
          .description("What the operator should change, as this replica found while it leads")
          .register(registry);
    }
    wouldBe(doorkeeper);
    for (Figure figure : FIGURES) {
      gauge(doorkeeper, figure.name(), d -> figure.value().applyAsDouble(d.admission().figures()))
          .description(figure.meaning())
          .register(registry);
    }
  }

  private void wouldBe(Doorkeeper doorkeeper) {
    gauge(doorkeeper, "usher_would_be_waiting_visitors", d -> d.wouldBe().waiting())
        .description("Visitors who would wait now if the rooms that only watch guarded")
        .register(registry);
    gauge(doorkeeper, "usher_would_wait_longest_seconds", d -> longestSeconds(d))
        .description("The longest wait that any of them would have had, since the start")
        .register(registry);
    FunctionCounter.builder(
            "usher_would_have_held_visitors_total", doorkeeper, d -> d.wouldBe().held())
        .tag("upstream", doorkeeper.upstream())
        .description("Visitors who would have waited if the rooms that only watch guarded")
        .register(registry);
  }

  private static double longestSeconds(Doorkeeper doorkeeper) {
    return doorkeeper.wouldBe().longestMillis() / 1000.0;
  }

  private static Gauge.Builder<Doorkeeper> gauge(
      Doorkeeper doorkeeper, String name, ToDoubleFunction<Doorkeeper> value) {
    return Gauge.builder(name, doorkeeper, value)
        .strongReference(true)
        .tag("upstream", doorkeeper.upstream());
  }

  private static double limits(Doorkeeper doorkeeper, Admission.Reason reason) {
    return doorkeeper.leads() && doorkeeper.admission().reason() == reason ? 1 : 0;
  }

  private static double advises(Doorkeeper doorkeeper, Figures.Advice advice) {
    return doorkeeper.leads() && doorkeeper.admission().figures().advice() == advice ? 1 : 0;
  }

  /** The value, or NaN if unknown: a graph must not show the unknown as zero. */
  private static double known(double value) {
    return value == 0 ? Double.NaN : value;
  }
}
