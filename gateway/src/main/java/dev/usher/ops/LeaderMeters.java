package dev.usher.ops;

import dev.usher.doorkeeper.Doorkeeper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** The metrics of how fresh this replica's view of an upstream's line is, and who calls. */
final class LeaderMeters {
  private final MeterRegistry registry;
  private final LongSupplier clock;
  private final long since;

  LeaderMeters(MeterRegistry registry, LongSupplier clock) {
    this.registry = registry;
    this.clock = clock;
    this.since = clock.getAsLong();
  }

  void register(Doorkeeper doorkeeper) {
    gauge(doorkeeper, "usher_leader", d -> d.leads() ? 1 : 0)
        .description("Whether this replica calls the visitors of the upstream")
        .register(registry);
    gauge(doorkeeper, "usher_line_age_seconds", this::age)
        .description("Time since the line was last read from the store")
        .register(registry);
    gauge(doorkeeper, "usher_replicas", Doorkeeper::replicas)
        .description("Live replicas, as the one that leads counts them")
        .register(registry);
    gauge(doorkeeper, "usher_capacity_disagreement_ratio", Doorkeeper::disagreement)
        .description("How far this replica's own view of the capacity is from the store's")
        .register(registry);
    gauge(doorkeeper, "usher_sessions", Running::sessions)
        .description("Sessions of all rooms of the upstream")
        .register(registry);
  }

  private static Gauge.Builder<Doorkeeper> gauge(
      Doorkeeper doorkeeper, String name, ToDoubleFunction<Doorkeeper> value) {
    return Gauge.builder(name, doorkeeper, value)
        .strongReference(true)
        .tag("upstream", doorkeeper.upstream());
  }

  private double age(Doorkeeper doorkeeper) {
    // A line that was never read counts as old as the wish to read it, so that an alert on its age
    // sees it.
    long read = Math.max(since, doorkeeper.refreshedAt());
    return Math.max(0, clock.getAsLong() - read) / 1000.0;
  }
}
