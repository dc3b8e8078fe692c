package dev.usher.room.line;

import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The visitors of one room seen by this replica and not told to the store yet. */
public final class Presence {
  /** Epochs kept without news. A room that is always on collects hundreds over the years. */
  private static final int EPOCHS_KEPT = 16;

  private final Queue queue;
  private final QueueStore store;
  private final LineMemory memory;
  private final Map<Key, Both> seen = new ConcurrentHashMap<>();
  private volatile Both latest;

  private record Key(long epoch, int lane) {}

  /** The visitors of one epoch and lane. */
  private record Both(Key key, ConcurrentBits waiting, ConcurrentBits inside) {
    Both(Key key) {
      this(key, new ConcurrentBits(), new ConcurrentBits());
    }
  }

  /**
   * @param memory notes what the store was told
   */
  public Presence(Queue queue, QueueStore store, LineMemory memory) {
    this.queue = queue;
    this.store = store;
    this.memory = memory;
    this.latest = new Both(new Key(0, 0));
  }

  public void waits(Place place) {
    of(place).waiting().mark(place.number());
  }

  public void isInside(Place place) {
    of(place).inside().mark(place.number());
  }

  private Both of(Place place) {
    Both both = latest;
    if (both.key().epoch() == place.epoch() && both.key().lane() == place.lane()) {
      return both;
    }
    Both other = seen.computeIfAbsent(new Key(place.epoch(), place.lane()), Both::new);
    if (place.epoch() > both.key().epoch()) {
      latest = other;
    }
    return other;
  }

  /** Tells the store. Whatever could not be told is kept for the next time. */
  public CompletionStage<Void> tell() {
    List<CompletableFuture<Void>> told = new ArrayList<>();
    List<Key> quiet = new ArrayList<>();
    for (Both both : seen.values()) {
      PresenceReport news =
          new PresenceReport(
              both.key().epoch(), both.key().lane(), both.waiting().take(), both.inside().take());
      if (news.waiting().chunkCount() + news.inside().chunkCount() == 0) {
        quiet.add(both.key());
        continue;
      }
      told.add(
          store
              .see(queue, news)
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      both.waiting().putBack(news.waiting());
                      both.inside().putBack(news.inside());
                    } else {
                      memory.told(news);
                    }
                  })
              .toCompletableFuture());
    }
    quiet.remove(latest.key());
    if (seen.size() > EPOCHS_KEPT) {
      // A mark made at this very moment is lost, and made again by the next poll.
      seen.keySet().removeAll(quiet);
    }
    return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
  }
}
