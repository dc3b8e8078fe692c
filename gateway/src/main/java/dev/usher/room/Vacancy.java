package dev.usher.room;

import dev.usher.room.Decision.PassBy;
import dev.usher.room.Decision.TakeNumber;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The places that are free as of the last tick, and how many of them visitors who would not wait
 * may try for before the next, so that no more of them take a number than there may be places for.
 */
final class Vacancy {
  private final AtomicLong left = new AtomicLong();
  private volatile long places;

  /** Takes over what is free now, and how many may come in before the next tick. */
  void expect(FreePlaces freePlaces) {
    places = freePlaces.places();
    left.set(Math.min(freePlaces.places(), freePlaces.atOnce()));
  }

  /** For a visitor who would not wait, while nobody does: a free place, or null. */
  @Nullable Decision whileFree(Visitor visitor) {
    if (visitor.intent() == Intent.ENTER) {
      // A visitor who finds none has not joined, and uses up nothing.
      return left.get() > 0 ? new TakeNumber(null, false, visitor.spent()) : null;
    }
    return visitor.intent().goesOn() && places > 0
        ? new PassBy(null, Decision.Leave.ROOM_IS_FREE)
        : null;
  }

  /** Takes one of the places to be tried for. */
  boolean take() {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
