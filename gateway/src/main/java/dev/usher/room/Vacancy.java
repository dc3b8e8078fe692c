package dev.usher.room;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The places that are free as of the last step, and how many of them this replica has tried to give
 * since to those who would not wait: no more of them take a number than there may be places for.
 */
final class Vacancy {
  private final AtomicLong left = new AtomicLong();
  private volatile long places;

  /** Takes over what is free now. */
  void expect(Soon soon) {
    places = soon.places();
    left.set(soon.places());
  }

  /** Whether any place is free. */
  boolean any() {
    return places > 0;
  }

  /** Takes one to be tried for. */
  boolean take() {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
