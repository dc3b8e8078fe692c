package dev.usher.store;

import java.util.concurrent.atomic.AtomicInteger;

/** Newcomers of tests: each is told apart from all before. */
public final class Crowds {
  private static final AtomicInteger SEQUENCE = new AtomicInteger();

  private Crowds() {}

  public static Newcomers newcomers(int count) {
    return new Newcomers(0, 1, SEQUENCE.getAndAdd(count), count);
  }

  /** Those who join a line of no more than so many. */
  public static Newcomers newcomers(int count, long waitingMax) {
    return new Newcomers(0, 1, SEQUENCE.getAndAdd(count), count, waitingMax);
  }
}
