package dev.usher.ops;

import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.edge.stream.Streams;
import dev.usher.pods.roster.Roster;
import dev.usher.provision.ScaleSignal;
import dev.usher.provision.floor.FloorBoard;
import dev.usher.proxy.ProxyObserver;
import dev.usher.room.Room;
import dev.usher.server.ConnectionObserver;
import dev.usher.server.EdgeFailures;
import dev.usher.server.RefusedRequests;
import dev.usher.store.QueueStore;
import dev.usher.words.EnumWords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of this replica, as Prometheus reads them. Parts that measure get their meters here;
 * everything else is looked up in {@link Running} when somebody asks. Each metric is described in
 * docs/operations.md.
 */
public final class Metrics {
  /** The content type of {@link #scrape}. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
  private final EdgeFailures edgeFailures = new EdgeFailures();
  private final Map<Roster, UpstreamMeters> upstreams = new LinkedHashMap<>();
  private final Map<ConnectionObserver.Reason, Counter> refused =
      new EnumMap<>(ConnectionObserver.Reason.class);
  private final Set<Doorkeeper> doorkeepers = new HashSet<>();
  private final Set<Room> rooms = new HashSet<>();
  private final Set<ScaleSignal> signals = new HashSet<>();
  private final Set<FloorBoard> floors = new HashSet<>();
  private final RefusedRequests refusedRequests = new RefusedRequests();
  private final Counter misdirected =
      Counter.builder("usher_misdirected_requests_total")
          .description("Requests for hosts that no room names")
          .register(registry);
  private @Nullable Running running;

  /** Metrics of this process, with nothing watched yet. */
  public Metrics() {
    ProcessMeters.register(registry);
    FunctionCounter.builder("usher_edge_failures_total", edgeFailures, EdgeFailures::count)
        .description("Requests that met a fault of Usher's own")
        .register(registry);
    for (RefusedRequests.Why why : RefusedRequests.Why.values()) {
      FunctionCounter.builder(
              "usher_refused_requests_total", refusedRequests, refused -> refused.count(why))
          .tag("cause", EnumWords.lower(why))
          .description("Requests refused before anything was looked up for them")
          .register(registry);
    }
    for (ConnectionObserver.Reason reason : ConnectionObserver.Reason.values()) {
      refused.put(reason, refused(reason));
    }
  }

  /** The counter of the edge's faults. */
  public EdgeFailures edgeFailures() {
    return edgeFailures;
  }

  /** The observer that measures the requests proxied to one upstream. */
  public ProxyObserver observer(String upstream) {
    return new ProxyMeter(registry, upstream);
  }

  /** The observer that counts visitors' connections which were closed for what they did. */
  public ConnectionObserver connections() {
    return reason -> Objects.requireNonNull(refused.get(reason)).increment();
  }

  private Counter refused(ConnectionObserver.Reason reason) {
    return Counter.builder("usher_connections_refused_total")
        .description("Connections of visitors that were closed for what they did")
        .tag("reason", EnumWords.lower(reason))
        .register(registry);
  }

  /** The counter of requests that are refused before they get anywhere. */
  public RefusedRequests refusedRequests() {
    return refusedRequests;
  }

  /** Shows when the certificate that visitors are shown expires, in seconds; NaN without one. */
  public void certificateEnds(DoubleSupplier ends) {
    Gauge.builder("usher_certificate_expiry_timestamp_seconds", ends::getAsDouble)
        .description("When the certificate ends that visitors are shown, in seconds since 1970")
        .register(registry);
  }

  /** Shows the streams of this replica. */
  public void streams(Streams streams) {
    Gauge.builder("usher_open_streams", streams::open)
        .description("Open streams of waiting visitors")
        .register(registry);
    FunctionCounter.builder("usher_streams_dropped_total", streams, Streams::dropped)
        .description("Streams that were cut off because nobody read them")
        .register(registry);
    FunctionCounter.builder("usher_streams_shed_total", streams, Streams::shed)
        .description("Streams that were refused or ended, so that their visitors ask instead")
        .register(registry);
  }

  /** Counts a request for a host that no room names. */
  public void misdirected() {
    misdirected.increment();
  }

  /** The store, with every answer timed. */
  public QueueStore timed(QueueStore store) {
    return new TimedQueueStore(store, registry);
  }

  /** Watches the running parts. Must be called once. */
  synchronized void watch(Running what) {
    running = what;
    Gauge.builder("usher_open_connections", () -> what.connections().getAsInt())
        .description("Open connections of visitors")
        .register(registry);
    Gauge.builder("usher_store_clock_ahead_seconds", what, Metrics::storeIsAhead)
        .description("By how much the store's time is ahead of this replica's clock")
        .register(registry);
    ConfigMeters.register(registry, what.config());
    follow();
  }

  private static double storeIsAhead(Running what) {
    return (what.storeClock().getAsLong() - what.clock().getAsLong()) / 1000.0;
  }

  /** Takes over the current rooms and upstreams; meters of those that are gone are removed. */
  public synchronized void follow() {
    if (running == null) {
      return;
    }
    List<Roster> upstreamsNow = running.pods();
    List<Doorkeeper> doorkeepersNow = running.doorkeepers();
    List<Room> roomsNow = running.rooms();
    for (Room room : List.copyOf(rooms)) {
      if (!roomsNow.contains(room)) {
        rooms.remove(room);
        forget(RoomMeters.tags(room));
      }
    }
    for (Roster pods : List.copyOf(upstreams.keySet())) {
      if (!upstreamsNow.contains(pods)) {
        Objects.requireNonNull(upstreams.remove(pods)).forget();
        forgetUpstream(pods.name());
      }
    }
    for (Running.Upstream each : running.upstreams().get()) {
      if (upstreams.get(each.pods()) == null) {
        upstreams.put(each.pods(), new UpstreamMeters(registry, each.pods()));
        new WarmUpMeters(registry).register(each.pods().name(), each.warmUp());
      }
    }
    for (Doorkeeper doorkeeper : doorkeepersNow) {
      // The meters of an upstream stay even if all its rooms are gone, because it goes on.
      if (doorkeepers.add(doorkeeper)) {
        new LeaderMeters(registry, running.clock()).register(doorkeeper);
        new AdmissionMeters(registry).register(doorkeeper);
      }
    }
    DesiredMeters desired = new DesiredMeters(registry, running.clock());
    running.upstreams().get().stream()
        .filter(each -> signals.add(each.signal()))
        .forEach(each -> desired.register(each.signal(), each.grows()));
    FloorMeters floor = new FloorMeters(registry, running.clock());
    running.floors().stream().filter(floors::add).forEach(floor::register);
    roomsNow.stream().filter(rooms::add).forEach(room -> new RoomMeters(registry, room).register());
  }

  private void forgetUpstream(String name) {
    doorkeepers.removeIf(doorkeeper -> doorkeeper.upstream().equals(name));
    signals.removeIf(signal -> signal.upstream().equals(name));
    floors.removeIf(floor -> floor.upstream().equals(name));
    forget(Tags.of("upstream", name));
  }

  private void forget(Tags tags) {
    List<Tag> all = tags.stream().toList();
    registry.getMeters().stream()
        .filter(meter -> meter.getId().getTags().containsAll(all))
        .forEach(registry::remove);
  }

  /** Everything, in Prometheus' text format. */
  synchronized String scrape() {
    upstreams.values().forEach(UpstreamMeters::refresh);
    return registry.scrape(TYPE);
  }
}
