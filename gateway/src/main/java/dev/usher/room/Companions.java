package dev.usher.room;

import dev.usher.room.line.Arrivals;
import dev.usher.room.line.Together;
import dev.usher.store.Place;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Requests that come together from one browser with the same spent token: a page that makes six
 * calls at once is one visitor, and all six get what the first one gets.
 */
final class Companions {
  /** After this long the browser shows what the first answer gave it. */
  static final long TOGETHER_MILLIS = 3000;

  /** Limit on the groups remembered; a request beyond it is treated as if it came alone. */
  static final int MOST = 4096;

  private final Together<Key, Arrivals.Arrival> given;

  /**
   * @param spent the place of a token that is worth nothing any more
   * @param waits whether the requests wait if no place is free
   */
  private record Key(Place spent, boolean waits) {}

  /**
   * @param gone whether a place has been given up
   */
  Companions(Predicate<Place> gone) {
    this.given =
        new Together<>(
            (asked, now) ->
                !(asked.value() instanceof Arrivals.Numbered numbered)
                    || gone.test(numbered.ticket().place())
                    || now - asked.at() >= TOGETHER_MILLIS);
  }

  /**
   * What the holder of a spent token is given: the answer given a moment ago to a companion, if
   * any.
   *
   * @param alone gives the first of the companions its answer
   */
  CompletionStage<Arrivals.Arrival> give(
      Decision.TakeNumber d, long now, Supplier<CompletionStage<Arrivals.Arrival>> alone) {
    Place spent = d.spent();
    if (spent == null) {
      return alone.get();
    }
    return given.ask(
        new Key(spent, d.waits()),
        now,
        () -> {
          keepSmall(now);
          return alone.get();
        });
  }

  private void keepSmall(long now) {
    if (given.size() > MOST && given.sweep(now) && given.size() > MOST) {
      given.forgetAnswered();
    }
  }
}
