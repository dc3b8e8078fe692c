package dev.usher;

import dev.usher.doorkeeper.StoreClock;
import dev.usher.store.StoreUnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ticks of the upstreams. All are made on one loop, so that no two of an upstream overlap. */
final class TickLoop {
  private static final Logger log = LoggerFactory.getLogger(TickLoop.class);

  private final Context loop;
  private final Supplier<List<RunningUpstream>> upstreams;
  private final LongSupplier clock;
  private final StoreClock storeClock;

  /**
   * @param upstreams all upstreams there are now
   * @param storeClock told of the store's time after each tick
   */
  TickLoop(
      Vertx vertx,
      Supplier<List<RunningUpstream>> upstreams,
      LongSupplier clock,
      StoreClock storeClock) {
    this.loop = vertx.getOrCreateContext();
    this.upstreams = upstreams;
    this.clock = clock;
    this.storeClock = storeClock;
  }

  /** One tick of each upstream. Completes when all are done; never fails. */
  Future<Void> tickAll() {
    return Future.join(upstreams.get().stream().map(this::tick).toList())
        .otherwiseEmpty()
        .mapEmpty();
  }

  /** A tick out of turn: no request goes to a new pod before a tick has given it slots. */
  void tickSoon(String upstream) {
    upstreams.get().stream().filter(each -> each.name().equals(upstream)).forEach(this::tick);
  }

  /** One tick of this upstream. Fails if the tick does. */
  private Future<Void> tick(RunningUpstream upstream) {
    Promise<Void> done = Promise.promise();
    // A store that does not answer has been logged; the next tick tries again.
    loop.runOnContext(
        v ->
            upstream
                .tick(clock)
                .onFailure(e -> sayUnlessAway(upstream, e))
                .onSuccess(ticked -> afterTick(upstream))
                .onComplete(done));
    return done.future();
  }

  /** Nobody who waits for the tick waits for the number of pods to be written down. */
  private void afterTick(RunningUpstream upstream) {
    hearTheTime();
    upstream.signal(clock).onFailure(e -> sayUnlessAway(upstream, e));
  }

  /** Runs something that no tick may overlap. */
  Future<Void> between(LongConsumer doing) {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(
        v -> {
          try {
            doing.accept(clock.getAsLong());
            done.complete();
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  /** Logs a fault of our own, which must not keep the other upstreams from their tick. */
  private static void sayUnlessAway(RunningUpstream upstream, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof StoreUnavailableException)) {
      log.atError().addKeyValue("upstream", upstream.name()).setCause(failure).log("step_failed");
    }
  }

  private void hearTheTime() {
    // One clock for all passes, and the same one on every replica: that of the first room's store.
    upstreams.get().stream()
        .map(RunningUpstream::storeTime)
        .flatMapToLong(OptionalLong::stream)
        .findFirst()
        .ifPresent(storeClock::hear);
  }
}
