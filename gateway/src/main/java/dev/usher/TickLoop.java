package dev.usher;

import dev.usher.doorkeeper.StoreClock;
import dev.usher.store.StoreUnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ticks of the doorkeepers. All are made on one loop, so that no two of an upstream overlap.
 */
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
  Future<Void> all() {
    return Future.join(upstreams.get().stream().map(this::reconfigure).toList())
        .otherwiseEmpty()
        .mapEmpty();
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

  /** A tick out of turn: no request goes to a new pod before a tick has given it slots. */
  void soon(String upstream) {
    upstreams.get().stream()
        .filter(part -> part.doorkeeper().upstream().equals(upstream))
        .forEach(this::reconfigure);
  }

  /** One tick of this upstream. Fails if the tick does. */
  Future<Void> reconfigure(RunningUpstream part) {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(v -> tick(part).onComplete(done));
    return done.future();
  }

  private Future<Void> tick(RunningUpstream part) {
    // A store that does not answer has been logged; the next tick tries again.
    long now = clock.getAsLong();
    return Future.succeededFuture()
        .compose(v -> Future.fromCompletionStage(part.doorkeeper().tick(now)))
        .onFailure(e -> sayUnlessAway(part, e))
        .onComplete(done -> part.held().look(clock.getAsLong()))
        .onSuccess(
            done -> {
              part.disagreement().look(now);
              part.numbers().look();
              part.cutOff().look();
              hearTheTime();
            });
  }

  /** Logs a fault of our own, which must not keep the other upstreams from their tick. */
  private static void sayUnlessAway(RunningUpstream part, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof StoreUnavailableException)) {
      log.atError()
          .addKeyValue("upstream", part.doorkeeper().upstream())
          .setCause(failure)
          .log("step_failed");
    }
  }

  private void hearTheTime() {
    // One clock for all passes, and the same one on every replica: that of the first room's store.
    upstreams.get().stream()
        .flatMap(part -> part.doorkeeper().rooms().stream())
        .findFirst()
        .ifPresent(room -> storeClock.hear(room.line().time()));
  }
}
