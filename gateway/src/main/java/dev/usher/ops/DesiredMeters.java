package dev.usher.ops;

import dev.usher.provision.Desired;
import dev.usher.provision.ScaleSignal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** The metrics of how many pods one upstream should have, and for whose sake. */
final class DesiredMeters {
  private final MeterRegistry registry;
  private final LongSupplier clock;

  DesiredMeters(MeterRegistry registry, LongSupplier clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * @param grows whether anything can add pods to the upstream
   */
  void register(ScaleSignal signal, BooleanSupplier grows) {
    gauge(signal, "desired", Desired::desired);
    gauge(signal, "queue", desired -> desired.terms().queue());
    gauge(signal, "schedule", desired -> desired.terms().schedule());
    gauge(signal, "sessions", desired -> desired.terms().sessions());
    behind(signal);
    stopped(signal, grows);
  }

  private void stopped(ScaleSignal signal, BooleanSupplier grows) {
    ToDoubleFunction<ScaleSignal> shortSeconds = s -> known(s, DesiredMeters::shortSeconds);
    ToDoubleFunction<ScaleSignal> heldBack = s -> known(s, Desired::heldBack);
    Gauge.builder("usher_pods_short_seconds", signal, where(grows, shortSeconds))
        .strongReference(true)
        .tag("upstream", signal.upstream())
        .description("Time for which the upstream has had too few pods, and none was added")
        .register(registry);
    Gauge.builder("usher_pods_held_back", signal, where(grows, heldBack))
        .strongReference(true)
        .tag("upstream", signal.upstream())
        .description("Pods that are not asked for, as the last ones that came added no capacity")
        .register(registry);
  }

  /** The number where anything can add pods, else NaN: nothing then lacks what could come. */
  private static ToDoubleFunction<ScaleSignal> where(
      BooleanSupplier grows, ToDoubleFunction<ScaleSignal> number) {
    return signal -> grows.getAsBoolean() ? number.applyAsDouble(signal) : Double.NaN;
  }

  private static int shortSeconds(Desired desired) {
    return (int) desired.pods().shortSeconds();
  }

  private void behind(ScaleSignal signal) {
    Gauge.builder("usher_plan_pods", signal, s -> s.sales().behind().pods())
        .strongReference(true)
        .tag("upstream", signal.upstream())
        .description("Pods that should be ready by now for an event; 0 for none")
        .register(registry);
    Gauge.builder(
            "usher_plan_extra_wait_seconds", signal, s -> s.sales().behind().extraWaitSeconds())
        .strongReference(true)
        .tag("upstream", signal.upstream())
        .description("For how much longer people wait because fewer pods are ready than planned")
        .register(registry);
  }

  private void gauge(ScaleSignal signal, String term, ToIntFunction<Desired> pods) {
    Gauge.builder("usher_desired_replicas", signal, s -> known(s, pods))
        .strongReference(true)
        .tag("upstream", signal.upstream())
        .tag("term", term)
        .description("Pods that the upstream should have, and what each that needs some needs")
        .register(registry);
  }

  /** The number, or NaN if unknown: a graph must not show the unknown as a number. */
  private double known(ScaleSignal signal, ToIntFunction<Desired> pods) {
    Desired desired = signal.told(clock.getAsLong());
    return desired == null ? Double.NaN : pods.applyAsInt(desired);
  }
}
