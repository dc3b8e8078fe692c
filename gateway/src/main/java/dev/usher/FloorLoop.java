package dev.usher;

import dev.usher.pods.kubernetes.Cluster;
import dev.usher.provision.floor.FloorPlaces;
import dev.usher.provision.floor.FloorSweep;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The looks at the floors of all upstreams, away from the ticks: the Kubernetes API is slow. */
final class FloorLoop {
  static final long LOOK_MILLIS = 5000;

  /** How often it is looked for what nobody looks after any more. */
  private static final long SWEEP_MILLIS = 60_000;

  /** What is not of one upstream. */
  private static final String SWEEP = "";

  private static final Future<Boolean> DONE = Future.succeededFuture(true);

  private final Vertx vertx;
  private final Supplier<List<RunningUpstream>> upstreams;
  private final Supplier<Cluster> cluster;
  private final LongSupplier clock;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final FloorPlaces places = new FloorPlaces();
  private final FloorFailures failures = new FloorFailures();
  private @Nullable FloorSweep sweep;
  private long sweptAt = Long.MIN_VALUE / 2;

  FloorLoop(
      Vertx vertx,
      Supplier<List<RunningUpstream>> upstreams,
      Supplier<Cluster> cluster,
      LongSupplier clock) {
    this.vertx = vertx;
    this.upstreams = upstreams;
    this.cluster = cluster;
    this.clock = clock;
  }

  /** One look at each. Completes when all are done, at once while another look goes on. */
  Future<Void> look() {
    if (!looking.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    List<RunningUpstream> all = upstreams.get();
    long now = clock.getAsLong();
    boolean sweeps = Math.abs(now - sweptAt) >= SWEEP_MILLIS;
    sweptAt = sweeps ? now : sweptAt;
    places.add(namespaces(all.stream().filter(RunningUpstream::hasFloor).toList()));
    return Future.join(all.stream().map(each -> look(each, sweeps)).toList())
        .otherwiseEmpty()
        .compose(v -> sweeps ? vertx.executeBlocking(() -> sweep(all, now), false) : DONE)
        .onComplete(done -> failures.look(SWEEP, done.cause()))
        .onComplete(done -> looking.set(false))
        .mapEmpty();
  }

  private Future<Void> look(RunningUpstream each, boolean sweeps) {
    return Future.succeededFuture()
        .compose(v -> each.floor(clock))
        .compose(v -> sweeps ? each.tellOf(places) : Future.succeededFuture())
        .onComplete(done -> failures.look(each.name(), done.cause()));
  }

  private static Set<String> namespaces(List<RunningUpstream> upstreams) {
    return upstreams.stream()
        .map(RunningUpstream::namespace)
        .filter(namespace -> !namespace.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Looks for what was raised for an upstream that has gone, or is to have no floor any more. */
  private boolean sweep(List<RunningUpstream> all, long now) {
    Set<String> raised = places.all();
    Set<String> where = new HashSet<>(namespaces(all));
    where.addAll(raised);
    if (where.isEmpty()) {
      return false;
    }
    FloorSweep by = sweep == null ? new FloorSweep(cluster.get()) : sweep;
    sweep = by;
    List<RunningUpstream> floored = all.stream().filter(RunningUpstream::hasFloor).toList();
    Set<String> kept =
        floored.stream()
            .map(each -> FloorSweep.key(each.namespace(), each.name()))
            .collect(Collectors.toSet());
    Set<String> done = new HashSet<>(by.look(where, raised, kept, now));
    done.removeAll(namespaces(floored));
    places.forget(done);
    return true;
  }
}
