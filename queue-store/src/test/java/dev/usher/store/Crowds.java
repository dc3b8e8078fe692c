package dev.usher.store;

import java.util.concurrent.atomic.AtomicInteger;

/** Newcomers of tests: each crowd came to a replica of its own, later than those before. */
public final class Crowds {
  private static final AtomicInteger REPLICA = new AtomicInteger();

  private Crowds() {}

  public static Newcomers newcomers(int count) {
    return newcomers(count, Place.NUMBER_MAX);
  }

  /** Those who join a line of no more than so many. */
  public static Newcomers newcomers(int count, long waitingMax) {
    Heard nothing = new Heard(REPLICA.incrementAndGet(), 0, 0);
    return new Newcomers(0, 0, count, waitingMax, nothing);
  }
}
