package dev.usher.room;

import java.util.concurrent.atomic.AtomicLong;

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

  /** Whether any place is free. */
  boolean any() {
    return places > 0;
  }

  /**
   * Whether a place may be tried for. A visitor who finds none has not joined, and uses up nothing.
   */
  boolean anyLeft() {
    return left.get() > 0;
  }

  /** Takes one of the places to be tried for. */
  boolean take() {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
