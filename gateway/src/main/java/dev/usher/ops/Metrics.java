package dev.usher.ops;

import dev.usher.edge.ProxyObserver;
import dev.usher.room.Doorkeeper;
import dev.usher.room.Room;
import dev.usher.store.QueueStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * What this replica counts and measures, as Prometheus reads it. The parts that measure are made
 * with it; all else is looked up in {@link Watched} when somebody asks. Each metric is described in
 * docs/operations.md.
 */
public final class Metrics {
  /** The content type of {@link #scrape}. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
  private final List<UpstreamMeters> upstreams = new ArrayList<>();

  /** Metrics of this process, nothing watched yet. */
  public Metrics() {
    ProcessMeters.register(registry);
  }

  /** Measures the requests proxied to one upstream. */
  public ProxyObserver observer(String upstream) {
    return new ProxyMeter(registry, upstream);
  }

  /** The same store, every answer of it timed. */
  public QueueStore timed(QueueStore store) {
    return new TimedQueueStore(store, registry);
  }

  /** Watches what runs. To be called once. */
  synchronized void watch(Watched watched) {
    Gauge.builder("usher_open_connections", () -> watched.connections().getAsInt())
        .description("Open connections of visitors")
        .register(registry);
    watched.upstreams().forEach(pods -> upstreams.add(new UpstreamMeters(registry, pods)));
    for (Doorkeeper doorkeeper : watched.doorkeepers()) {
      new LeaderMeters(registry, watched.clock()).register(doorkeeper);
      new AdmissionMeters(registry).register(doorkeeper);
      for (Room room : doorkeeper.rooms()) {
        new RoomMeters(registry, room).register();
      }
    }
  }

  /** Everything, in Prometheus' text format. */
  synchronized String scrape() {
    upstreams.forEach(UpstreamMeters::refresh);
    return registry.scrape(TYPE);
  }
}
