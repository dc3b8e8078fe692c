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
 * The steps of the doorkeepers. All are taken on one loop, so that no two of an upstream run into
 * each other.
 */
final class TickLoop {
  private static final Logger log = LoggerFactory.getLogger(TickLoop.class);

  private final Context loop;
  private final Supplier<List<RunningUpstream>> upstreams;
  private final LongSupplier clock;
  private final StoreClock storeClock;

  /**
   * @param upstreams all there are, as they come and go
   * @param storeClock told of the store's time after each step
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

  /** One step of each upstream. Done when all are; never fails. */
  Future<Void> all() {
    return Future.join(upstreams.get().stream().map(this::reconfigure).toList())
        .otherwiseEmpty()
        .mapEmpty();
  }

  /** Does something that no step may run into. */
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

  /** A step out of turn: no request goes to a pod that came before a step has given it slots. */
  void soon(String upstream) {
    upstreams.get().stream()
        .filter(part -> part.doorkeeper().upstream().equals(upstream))
        .forEach(this::reconfigure);
  }

  /** One step of this upstream. Fails with it. */
  Future<Void> reconfigure(RunningUpstream part) {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(v -> tick(part).onComplete(done));
    return done.future();
  }

  private Future<Void> tick(RunningUpstream part) {
    // A store that does not answer has said so in the log; the next tick tries again.
    long now = clock.getAsLong();
    return Future.succeededFuture()
        .compose(v -> Future.fromCompletionStage(part.doorkeeper().tick(now)))
        .onComplete(done -> part.held().look(clock.getAsLong()))
        .onSuccess(
            done -> {
              part.disagreement().look(now);
              part.numbers().look();
              part.cutOff().look();
              hearTheTime();
            })
        .compose(done -> Future.fromCompletionStage(part.signal().step(now)))
        .onFailure(e -> sayUnlessAway(part, e));
  }

  /** A fault of our own must not keep the other upstreams from their step. */
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
    // One store's clock for all passes, the same one on every replica: that of the first room.
    upstreams.get().stream()
        .flatMap(part -> part.doorkeeper().rooms().stream())
        .findFirst()
        .ifPresent(room -> storeClock.hear(room.line().time()));
  }
}
