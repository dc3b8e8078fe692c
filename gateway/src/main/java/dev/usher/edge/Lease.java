package dev.usher.edge;

import dev.usher.room.Slot;
import io.vertx.core.Handler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The slot of one exchange, from the wait for it until it is given back. After that nothing of it
 * is left: a slot that comes too late goes back at once.
 */
final class Lease {
  private final Proxy proxy;
  private final boolean runsLong;
  private @Nullable CompletableFuture<@Nullable Slot> awaited;
  private @Nullable Slot slot;
  private boolean over;

  /**
   * @param runsLong whether the request is known to be a long one
   */
  Lease(Proxy proxy, boolean runsLong) {
    this.proxy = proxy;
    this.runsLong = runsLong;
  }

  /** Waits for a slot; there is none when none came free in time. */
  void await(Handler<Slot> then, Handler<Void> none) {
    CompletableFuture<@Nullable Slot> future = proxy.awaitSlot().toCompletableFuture();
    awaited = future;
    var unused =
        future.whenComplete(
            (given, failure) -> proxy.context().runOnContext(v -> given(given, then, none)));
  }

  private void given(@Nullable Slot given, Handler<Slot> then, Handler<Void> none) {
    awaited = null;
    if (given == null) {
      none.handle(null);
    } else if (over) {
      given.giveBack(Slot.Outcome.CANCELLED);
    } else {
      then.handle(given);
    }
  }

  void take(Slot taken) {
    slot = taken;
    if (runsLong) {
      taken.runsLong();
    }
  }

  /** The slot that is held now. */
  @Nullable Slot slot() {
    return slot;
  }

  /** The request turned out to be a long one. */
  void runOn() {
    if (slot != null) {
      slot.runsLong();
    }
  }

  /** The slot's pod failed; another slot may follow. */
  void giveUp(Slot.Outcome outcome) {
    Slot failed = slot;
    slot = null;
    if (failed != null) {
      failed.giveBack(outcome);
    }
  }

  /** No slot is wanted any more. */
  void end(Slot.Outcome outcome) {
    over = true;
    giveUp(outcome);
    if (awaited != null) {
      awaited.cancel(false);
    }
  }
}
