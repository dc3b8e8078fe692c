package dev.usher.room.line;

import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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
  private final LongSupplier epoch;
  private final Supplier<CompletionStage<Void>> presence;
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

  /**
   * @param epoch of the line as it was read last
   * @param presence tells the store who was seen here, and with them of sessions that this replica
   *     began by itself: what the store does not know cannot be given up there
   */
  Leaves(
      Queue queue, QueueStore store, LongSupplier epoch, Supplier<CompletionStage<Void>> presence) {
    this.queue = queue;
    this.store = store;
    this.epoch = epoch;
    this.presence = presence;
  }

  /** Gives up a place or a session. Tells whether that did anything. */
  CompletionStage<Boolean> leave(Place place) {
    if (going.size() < MOST) {
      going.put(place, Stage.ASKED);
    }
    return known(place)
        .thenCompose(told -> store.leave(queue, place))
        .whenComplete(
            (done, failure) -> going.replace(place, failure == null ? Stage.HEARD : Stage.UNHEARD));
  }

  private CompletionStage<Void> known(Place place) {
    return place.epoch() > epoch.getAsLong()
        ? presence.get()
        : CompletableFuture.completedFuture(null);
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
    List<Place> again =
        going.entrySet().stream()
            .filter(each -> each.getValue() == Stage.UNHEARD)
            .limit(AT_ONCE)
            .map(Map.Entry::getKey)
            .toList();
    return CompletableFuture.allOf(
        again.stream()
            .map(place -> leave(place).exceptionally(failure -> false).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }
}
