package dev.usher.pods.roster;

import java.util.concurrent.atomic.AtomicInteger;

/** The failures on one pod since its last success. On the path of every request: no lock. */
public final class FailureStreak {
  /**
   * A few connections break by chance, or because of what one visitor asked for; this many break on
   * a pod that is ill.
   */
  private static final int BREAKS_MOST = 5;

  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger breaks = new AtomicInteger();

  /**
   * Counts a request that got no connection or no answer. Returns how many have failed in a row.
   */
  public int failed() {
    return failures.incrementAndGet();
  }

  /** Counts a connection that broke. Returns whether all do, as far as can be told. */
  public boolean broke() {
    return breaks.incrementAndGet() >= BREAKS_MOST;
  }

  public void worked() {
    // Read before write: almost always zero already.
    if (failures.get() != 0) {
      failures.set(0);
    }
    if (breaks.get() != 0) {
      breaks.set(0);
    }
  }
}
