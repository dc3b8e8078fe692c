package dev.usher.room;

import dev.usher.room.line.Arrivals;
import dev.usher.room.line.Together;
import dev.usher.store.Place;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Requests of one browser that come together with the same spent token: a page that calls six
 * things at once is one visitor, and all six get what the first of them gets.
 */
final class Companions {
  /** By then the browser shows what the first answer gave it. */
  static final long TOGETHER_MILLIS = 3000;

  /** Whoever comes beyond these comes alone. */
  static final int MOST = 4096;

  private final Together<Key, Arrivals.Arrival> given;

  /**
   * @param spent what the token stood for that is worth nothing any more
   * @param waits whether they wait where no place is free
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
