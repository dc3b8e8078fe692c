package dev.usher.room;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The places that are free as of the last step, and how many of them may be tried for until the
 * next by those who would not wait: no more take a number than there may be places for.
 */
final class Vacancy {
  private final AtomicLong left = new AtomicLong();
  private volatile long places;

  /** Takes over what is free now, and how many may come in until the next step. */
  void expect(FreePlaces freePlaces) {
    places = freePlaces.places();
    left.set(Math.min(freePlaces.places(), freePlaces.atOnce()));
  }

  /** Whether any place is free. */
  boolean any() {
    return places > 0;
  }

  /** Whether one may be tried for. Who finds none has not joined, and spends nothing. */
  boolean anyLeft() {
    return left.get() > 0;
  }

  /** Takes one to be tried for. */
  boolean take() {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
