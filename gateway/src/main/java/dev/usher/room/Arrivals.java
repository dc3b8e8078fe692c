package dev.usher.room;

import dev.usher.store.Block;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes numbers for those who arrive, many at a time: while one call to the store is on its way,
 * newcomers collect for the next. So one visitor waits for nobody, and a crowd of thousands costs a
 * few calls. Numbers follow the order of arrival.
 */
final class Arrivals {
  /** Numbers taken in one call. */
  private static final int BLOCK_MAX = 10_000;

  private final Queue queue;
  private final QueueStore store;
  private final ConcurrentLinkedQueue<CompletableFuture<@Nullable Arrival>> newcomers =
      new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asking = new AtomicBoolean();

  /**
   * A number given.
   *
   * @param admitted whether the visitor need not wait
   */
  record Arrival(Place place, boolean admitted) {}

  Arrivals(Queue queue, QueueStore store) {
    this.queue = queue;
    this.store = store;
  }

  /** The next number, or null when the epoch has no more. */
  CompletionStage<@Nullable Arrival> arrive() {
    CompletableFuture<@Nullable Arrival> newcomer = new CompletableFuture<>();
    newcomers.add(newcomer);
    takeNumbers();
    return newcomer;
  }

  private void takeNumbers() {
    // Whoever is refused here has been added already, so the one who asks will see them below.
    while (!newcomers.isEmpty() && asking.compareAndSet(false, true)) {
      List<CompletableFuture<@Nullable Arrival>> block = new ArrayList<>();
      CompletableFuture<@Nullable Arrival> next = newcomers.poll();
      while (next != null) {
        block.add(next);
        next = block.size() < BLOCK_MAX ? newcomers.poll() : null;
      }
      if (block.isEmpty()) {
        asking.set(false);
        continue;
      }
      CompletableFuture<Block> given = store.arrive(queue, block.size()).toCompletableFuture();
      if (given.isDone()) {
        // Round this loop and not into itself: where a store answers at once and newcomers keep
        // coming, one call within the other would end the stack.
        asking.set(false);
        var unused = given.whenComplete((numbers, failure) -> hand(block, numbers, failure));
      } else {
        var unused =
            given.whenComplete(
                (numbers, failure) -> {
                  asking.set(false);
                  takeNumbers();
                  hand(block, numbers, failure);
                });
      }
    }
  }

  private void hand(
      List<CompletableFuture<@Nullable Arrival>> block,
      @Nullable Block numbers,
      @Nullable Throwable failure) {
    for (int i = 0; i < block.size(); i++) {
      if (numbers == null) {
        block.get(i).completeExceptionally(failure == null ? new AssertionError() : failure);
      } else {
        block.get(i).complete(i < numbers.given() ? arrival(numbers, i) : null);
      }
    }
  }

  private Arrival arrival(Block numbers, int i) {
    Place place = new Place(queue.room(), numbers.epoch(), numbers.lane(), numbers.first() + i);
    return new Arrival(place, i < numbers.admitted());
  }
}
