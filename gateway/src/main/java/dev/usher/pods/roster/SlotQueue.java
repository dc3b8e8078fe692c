package dev.usher.pods.roster;

import dev.usher.pods.Slot;
import dev.usher.pods.StickySession;
import dev.usher.pods.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A line of requests that wait for a slot, in the order of asking; bounded, each with a deadline.
 */
public final class SlotQueue {
  /** Numbers the waiters of all lines, so that of two lines the older waiter can go first. */
  private static final AtomicLong NUMBERS = new AtomicLong();

  private volatile int limit;
  private final Timers timers;
  private final Function<@Nullable StickySession, @Nullable Slot> slots;
  private final Function<@Nullable StickySession, @Nullable Slot> late;
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private volatile long first = Long.MAX_VALUE;

  /** Size of the queue, readable without its lock. */
  private final AtomicInteger size = new AtomicInteger();

  /**
   * @param slots gives the first waiter its slot, if there is one
   * @param late gives a last chance to a waiter whose time is over
   */
  public SlotQueue(
      int limit,
      Timers timers,
      Function<@Nullable StickySession, @Nullable Slot> slots,
      Function<@Nullable StickySession, @Nullable Slot> late) {
    this.limit = limit;
    this.timers = timers;
    this.slots = slots;
    this.late = late;
  }

  /** Sets how many may wait; those who wait already stay. */
  public void limit(int changed) {
    limit = changed;
  }

  public boolean isEmpty() {
    return size.get() == 0;
  }

  public int size() {
    return size.get();
  }

  /** The number of the oldest waiter; {@link Long#MAX_VALUE} if there is none. */
  public long first() {
    return first;
  }

  /**
   * Joins the line.
   *
   * @param stay the session of the request; null for none
   * @return null if too many wait already
   */
  @Nullable
  public CompletionStage<@Nullable Slot> join(Duration hold, @Nullable StickySession stay) {
    Waiter waiter = new Waiter(NUMBERS.incrementAndGet(), stay);
    synchronized (waiters) {
      if (waiters.size() >= limit) {
        return null;
      }
      waiters.addLast(waiter);
      counted(1);
    }
    serve();
    if (!waiter.isDone()) {
      Runnable cancel = timers.after(hold, () -> leave(waiter));
      var unused = waiter.whenComplete((slot, failure) -> cancel.run());
    }
    return waiter;
  }

  private void counted(int more) {
    size.addAndGet(more);
    Waiter head = waiters.peekFirst();
    first = head == null ? Long.MAX_VALUE : head.number;
  }

  private void leave(Waiter waiter) {
    synchronized (waiters) {
      // All wait equally long, so the waiter whose time is over stands at or near the head.
      if (!waiters.remove(waiter)) {
        return;
      }
      counted(-1);
    }
    give(waiter, waiter.isDone() ? null : late.apply(waiter.stay));
  }

  private static void give(Waiter waiter, @Nullable Slot slot) {
    // Outside the lock, because what the waiter does next is not ours. It may have been cancelled
    // in between; then its slot goes to the next one.
    if (!waiter.complete(slot) && slot != null) {
      slot.giveBack(Slot.Outcome.CANCELLED);
    }
  }

  /** Gives free slots to the waiters, first come first served. */
  public void serve() {
    while (true) {
      Waiter next;
      Slot slot;
      synchronized (waiters) {
        next = waiters.peekFirst();
        if (next == null) {
          return;
        }
        slot = next.isDone() ? null : slots.apply(next.stay);
        if (slot == null && !next.isDone()) {
          return;
        }
        waiters.pollFirst();
        counted(-1);
      }
      give(next, slot);
    }
  }

  /** A waiter; cancelling it leaves the line. */
  private static final class Waiter extends CompletableFuture<@Nullable Slot> {
    private final long number;
    private final @Nullable StickySession stay;

    Waiter(long number, @Nullable StickySession stay) {
      this.number = number;
      this.stay = stay;
    }
  }
}
