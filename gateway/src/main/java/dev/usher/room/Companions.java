package dev.usher.room;

import dev.usher.store.Place;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one browser that come together with the same spent token: a page that calls six
 * things at once is one visitor, and all six get what the first of them gets.
 */
final class Companions {
  /** By then the browser shows what the first answer gave it. */
  static final long TOGETHER_MILLIS = 3000;

  /** Whoever comes beyond these comes alone. */
  static final int MOST = 4096;

  private static final long SWEEP_MILLIS = 100;

  private final Map<Key, Come> all = new ConcurrentHashMap<>();
  private final Predicate<Place> gone;
  private final AtomicLong sweptAt = new AtomicLong();

  /**
   * @param spent what the token stood for that is worth nothing any more
   * @param waits whether they wait where no place is free
   */
  private record Key(Place spent, boolean waits) {}

  /** What the first was given, and when they came. */
  private record Come(long at, CompletableFuture<Arrivals.Arrival> given) {
    /** The place that was given; null for none. */
    @Nullable Place place() {
      return !given.isCompletedExceptionally()
              && given.getNow(null) instanceof Arrivals.Numbered numbered
          ? numbered.ticket().place()
          : null;
    }
  }

  /**
   * @param gone whether a place has been given up
   */
  Companions(Predicate<Place> gone) {
    this.gone = gone;
  }

  /**
   * What one is given who shows a spent token, or what one of the same was given a moment ago.
   *
   * @param alone gives it to the first
   */
  CompletionStage<Arrivals.Arrival> give(
      Decision.TakeNumber d, long now, Supplier<CompletionStage<Arrivals.Arrival>> alone) {
    Place spent = d.spent();
    if (spent == null) {
      return alone.get();
    }
    Come fresh = new Come(now, new CompletableFuture<>());
    Come ours =
        all.compute(
            new Key(spent, d.waits()),
            (who, last) -> last == null || isOver(last, now) ? fresh : last);
    if (ours.given() == fresh.given()) {
      sweep(now);
      var unused =
          alone
              .get()
              .whenComplete(
                  (given, failure) -> {
                    if (failure == null) {
                      fresh.given().complete(given);
                    } else {
                      fresh.given().completeExceptionally(failure);
                    }
                  });
    }
    return ours.given();
  }

  private boolean isOver(Come come, long now) {
    Place place = come.place();
    return come.given().isDone()
        && (place == null || gone.test(place) || now - come.at() >= TOGETHER_MILLIS);
  }

  /** Keeps the table as small as it may be; not once for each stranger, for it looks at all. */
  private void sweep(long now) {
    long last = sweptAt.get();
    if (all.size() > MOST && now - last >= SWEEP_MILLIS && sweptAt.compareAndSet(last, now)) {
      all.values().removeIf(come -> isOver(come, now));
      if (all.size() > MOST) {
        all.values().removeIf(come -> come.given().isDone());
      }
    }
  }
}
