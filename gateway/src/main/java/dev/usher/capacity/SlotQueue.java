package dev.usher.capacity;

import dev.usher.room.Slot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Those who wait for a slot, in order of asking; bounded, each with a deadline. */
final class SlotQueue {
  private volatile int limit;
  private final Timers timers;
  private final Supplier<@Nullable Slot> slots;
  private final Deque<Waiter> waiters = new ArrayDeque<>();

  /** Size of the queue, readable without its lock. */
  private final AtomicInteger size = new AtomicInteger();

  SlotQueue(int limit, Timers timers, Supplier<@Nullable Slot> slots) {
    this.limit = limit;
    this.timers = timers;
    this.slots = slots;
  }

  /** So many may wait from now on; those who wait already go on. */
  void limit(int changed) {
    limit = changed;
  }

  boolean isEmpty() {
    return size.get() == 0;
  }

  int size() {
    return size.get();
  }

  CompletionStage<@Nullable Slot> join(Duration hold) {
    Waiter waiter = new Waiter();
    synchronized (waiters) {
      if (waiters.size() >= limit) {
        return CompletableFuture.completedFuture(null);
      }
      waiters.addLast(waiter);
      size.incrementAndGet();
    }
    serve();
    if (!waiter.isDone()) {
      Runnable cancel = timers.after(hold, () -> leave(waiter));
      var unused = waiter.whenComplete((slot, failure) -> cancel.run());
    }
    return waiter;
  }

  private void leave(Waiter waiter) {
    synchronized (waiters) {
      // All hold equally long, so the one whose time is over stands at or near the head.
      if (waiters.remove(waiter)) {
        size.decrementAndGet();
      }
    }
    waiter.complete(null);
  }

  /** Gives free slots to those who wait, first come first served. */
  void serve() {
    while (true) {
      Waiter first;
      Slot slot;
      synchronized (waiters) {
        first = waiters.peekFirst();
        if (first == null) {
          return;
        }
        slot = first.isDone() ? null : slots.get();
        if (slot == null && !first.isDone()) {
          return;
        }
        waiters.pollFirst();
        size.decrementAndGet();
      }
      // Outside the lock: what the waiter does next is not ours. It may have been cancelled in
      // between; then its slot goes on to the next one.
      if (slot != null && !first.complete(slot)) {
        slot.giveBack(Slot.Outcome.CANCELLED);
      }
    }
  }

  /** A future; who cancels it leaves the queue. */
  private static final class Waiter extends CompletableFuture<@Nullable Slot> {}
}
