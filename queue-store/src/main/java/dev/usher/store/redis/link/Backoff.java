package dev.usher.store.redis.link;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: up to twice as long each time, and any time between none
 * and that, so that replicas that lost the store together do not come back together.
 */
final class Backoff {
  /** The first wait is at most so long: a server that restarts is often back at once. */
  static final long FIRST_MS = 50;

  /** No wait is longer: the store's return is noticed within this time. */
  static final long LONGEST_MS = 1_000;

  private static final int DOUBLINGS_MAX = 10;

  private Backoff() {}

  /**
   * Milliseconds to wait.
   *
   * @param failed tries that failed before, from 0
   */
  static long delayMs(int failed, RandomGenerator chance) {
    long longest = Math.min(LONGEST_MS, FIRST_MS << Math.min(failed, DOUBLINGS_MAX));
    return chance.nextLong(longest + 1);
  }
}
