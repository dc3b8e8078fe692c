package dev.usher;

import dev.usher.pods.kubernetes.Cluster;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The looks at the floors of all upstreams, away from the ticks: the Kubernetes API is slow. */
final class FloorLoop {
  private static final Logger log = LoggerFactory.getLogger(FloorLoop.class);

  static final long LOOK_MILLIS = 5000;

  /** How often it is looked for what nobody looks after any more. */
  private static final long SWEEP_MILLIS = 60_000;

  private final Vertx vertx;
  private final Supplier<List<RunningUpstream>> upstreams;
  private final Supplier<Cluster> cluster;
  private final LongSupplier clock;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Set<String> namespaces = new HashSet<>();
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
    return Future.join(all.stream().map(each -> each.floor(clock)).toList())
        .otherwiseEmpty()
        .compose(looked -> vertx.executeBlocking(() -> sweep(all), false))
        .onFailure(e -> log.atError().setCause(e).log("step_failed"))
        .onComplete(done -> looking.set(false))
        .mapEmpty();
  }

  /** Looks for what was raised for an upstream that has gone, or is to have no floor any more. */
  private boolean sweep(List<RunningUpstream> all) {
    all.stream().map(RunningUpstream::namespace).filter(n -> !n.isEmpty()).forEach(namespaces::add);
    long now = clock.getAsLong();
    if (namespaces.isEmpty() || Math.abs(now - sweptAt) < SWEEP_MILLIS) {
      return false;
    }
    sweptAt = now;
    FloorSweep by = sweep == null ? new FloorSweep(cluster.get()) : sweep;
    sweep = by;
    by.look(
        Set.copyOf(namespaces),
        all.stream()
            .filter(RunningUpstream::hasFloor)
            .map(each -> FloorSweep.key(each.namespace(), each.name()))
            .collect(Collectors.toSet()),
        now);
    return true;
  }
}
