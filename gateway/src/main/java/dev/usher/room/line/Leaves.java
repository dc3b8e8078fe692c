package dev.usher.room.line;

import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Places and sessions that were given up here, until the line shows it: nobody is told in the
 * meantime that they still wait, and what the store did not hear while it was away it is told
 * again.
 */
final class Leaves {
  /** Limit on those remembered. Of those beyond it the store is told once. */
  private static final int MOST = 10_000;

  /** Told again at one tick. */
  private static final int AT_ONCE = 500;

  private final Queue queue;
  private final QueueStore store;
  private final Map<Place, Stage> going = new ConcurrentHashMap<>();

  private enum Stage {
    /** On its way to the store. */
    ASKED,
    /** The store gave no answer. */
    UNHEARD,
    /** The store knows; a line that is on its way may not show it. */
    HEARD,
    /** The next line shows it. */
    SHOWN
  }

  Leaves(Queue queue, QueueStore store) {
    this.queue = queue;
    this.store = store;
  }

  /** Gives up a place or a session. */
  CompletionStage<Void> leave(Place place) {
    if (going.size() < MOST) {
      going.put(place, Stage.ASKED);
    }
    return store
        .leave(queue, place)
        .whenComplete(
            (done, failure) -> going.replace(place, failure == null ? Stage.HEARD : Stage.UNHEARD));
  }

  /** Whether it was given up here, and no line has shown it yet. On the path of every request. */
  boolean has(Place place) {
    return !going.isEmpty() && going.containsKey(place);
  }

  /**
   * Notes that a line was read, and tells the store again what it has not heard.
   *
   * @param settled whether the store has everything that it may have lost
   */
  CompletionStage<Void> read(boolean settled) {
    if (!settled || going.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    going.values().removeIf(stage -> stage == Stage.SHOWN);
    going.replaceAll((place, stage) -> stage == Stage.HEARD ? Stage.SHOWN : stage);
    CompletableFuture<?>[] again =
        going.entrySet().stream()
            .filter(each -> each.getValue() == Stage.UNHEARD)
            .limit(AT_ONCE)
            .map(each -> leave(each.getKey()).exceptionally(failure -> null))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(again);
  }
}
