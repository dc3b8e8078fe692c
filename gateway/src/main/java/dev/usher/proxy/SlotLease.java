package dev.usher.proxy;

import dev.usher.pods.RequestClass;
import dev.usher.pods.Slot;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.proxy.turn.Turn;
import dev.usher.room.Spared;
import io.vertx.core.Handler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The slot of one exchange, from the wait for it until it is given back. After that the exchange
 * can hold no slot: one that comes too late goes back at once.
 */
final class SlotLease {
  private final Proxy proxy;
  private final boolean runsLong;
  private final @Nullable Turn turn;
  private final @Nullable Spared spared;
  private boolean streams;
  private int since;
  private @Nullable CompletableFuture<@Nullable Slot> awaited;
  private @Nullable Slot slot;
  private boolean over;

  /**
   * @param forwarded the request
   * @param streams whether the request is known to be a stream
   */
  SlotLease(Proxy proxy, ForwardedRequest forwarded, boolean streams) {
    this.proxy = proxy;
    this.runsLong = forwarded.kind() == RequestClass.LONG;
    this.turn = forwarded.turn();
    this.spared = forwarded.spared();
    this.streams = streams;
  }

  /** Waits for a slot, or says why there was none in time. */
  void await(Handler<Slot> then, Handler<ProxyError> none) {
    CompletableFuture<@Nullable Slot> future = proxy.awaitSlot(turn).toCompletableFuture();
    awaited = future;
    var unused =
        future.whenComplete(
            (given, failure) -> proxy.context().runOnContext(v -> given(given, then, none)));
  }

  private void given(@Nullable Slot given, Handler<Slot> then, Handler<ProxyError> none) {
    awaited = null;
    if (given == null) {
      boolean own = turn != null && turn.waitedInVain();
      none.handle(own ? ProxyError.OWN_POD_BUSY : ProxyError.NO_SLOT);
    } else if (over) {
      given.giveBack(Slot.Outcome.CANCELLED);
    } else {
      then.handle(given);
    }
  }

  /** Takes this slot. Returns whether the request may go on: not if it is one stream too many. */
  boolean take(Slot taken) {
    slot = taken;
    since = proxy.now();
    if (runsLong) {
      taken.runsLong();
    }
    return !streams || stream();
  }

  /** Notes that the request is a stream. Returns whether one more stream is allowed. */
  boolean stream() {
    streams = true;
    runOn();
    boolean may = (turn == null || turn.streams()) && (slot == null || slot.streams());
    if (!may && spared != null) {
      spared.count(Spared.What.STREAMS_FULL);
    }
    return may || spared != null;
  }

  /**
   * Whether the request, not known as a stream, has had the slot for longer than this many ticks.
   */
  boolean lasts(int ticks) {
    return !streams && slot != null && proxy.now() - since > ticks;
  }

  /** The slot that is held now. */
  @Nullable Slot slot() {
    return slot;
  }

  /** Notes that the request turned out to be a long one. */
  void runOn() {
    if (slot != null) {
      slot.runsLong();
    }
  }

  /** Gives the slot back because its pod failed; another slot may follow. */
  void giveUp(Slot.Outcome outcome) {
    Slot failed = slot;
    slot = null;
    if (failed != null) {
      failed.giveBack(outcome);
    }
  }

  /** Ends the lease: no slot is wanted any more. */
  void end(Slot.Outcome outcome) {
    over = true;
    giveUp(outcome);
    if (awaited != null) {
      awaited.cancel(false);
    }
  }
}
