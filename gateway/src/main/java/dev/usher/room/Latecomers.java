package dev.usher.room;

import dev.usher.store.Place;
import dev.usher.store.Stay;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whom the store is asked for because their pass has run out. However often somebody asks, the
 * store is asked once a second for each of them, and for no more than so many a second in sum.
 */
final class Latecomers {
  /** Asked for at once or a moment ago; who comes beyond them is not asked for. */
  static final int MOST = 4096;

  /** So long an answer is believed, from when it was asked for. */
  static final long BELIEVED_MILLIS = 1000;

  private static final long SWEEP_MILLIS = 100;

  private final Function<Place, CompletionStage<Stay>> store;
  private final Map<Place, Asked> asked = new ConcurrentHashMap<>();
  private final AtomicLong sweptAt = new AtomicLong();

  private record Asked(long at, CompletableFuture<Stay> answer) {
    boolean isOld(long now) {
      return answer.isDone() && now - at >= BELIEVED_MILLIS;
    }
  }

  /**
   * @param store tells what became of one
   */
  Latecomers(Function<Place, CompletionStage<Stay>> store) {
    this.store = store;
  }

  /** What the store said a moment ago; null where it has not been asked, or not answered. */
  @Nullable Stay known(Place place, long now) {
    Asked last = asked.get(place);
    return last == null || last.isOld(now) || last.answer().isCompletedExceptionally()
        ? null
        : last.answer().getNow(null);
  }

  /** Whether the store may be asked for one more. */
  boolean mayAsk(Place place, long now) {
    Asked last = asked.get(place);
    if (last != null && !last.isOld(now)) {
      // On its way, or in vain: who comes while the store is slow waits for the same answer.
      return !last.answer().isDone();
    }
    return last != null || asked.size() < MOST || sweep(now);
  }

  private boolean sweep(long now) {
    long last = sweptAt.get();
    // Not once for each stranger: it looks at all of them.
    if (now - last >= SWEEP_MILLIS && sweptAt.compareAndSet(last, now)) {
      asked.values().removeIf(one -> one.isOld(now));
    }
    return asked.size() < MOST;
  }

  /** Asks, unless it has been asked for this one already. */
  CompletionStage<Stay> ask(Place place, long now) {
    Asked fresh = new Asked(now, new CompletableFuture<>());
    Asked mine =
        asked.compute(place, (who, last) -> last == null || last.isOld(now) ? fresh : last);
    if (mine.answer() == fresh.answer()) {
      store
          .apply(place)
          .whenComplete(
              (stay, failure) -> {
                if (failure == null) {
                  fresh.answer().complete(stay);
                } else {
                  fresh.answer().completeExceptionally(failure);
                }
              });
    }
    return mine.answer();
  }

  /** The place was given up here: what was said of it is not so any more. */
  void forget(Place place) {
    asked.remove(place);
  }
}
