package dev.usher.cli.demo;

import java.time.Duration;

/**
 * The times of things in a pod of the shop.
 *
 * @param coldStart from its start until it listens, at least 0
 * @param database one question to its database, give or take a fifth; at least 5 ms
 */
record ShopTimes(Duration coldStart, Duration database) {
  /**
   * A database during a rush. A faster one would answer as quickly as a busy machine brings a
   * crowd.
   */
  static final Duration DATABASE = Duration.ofMillis(250);

  private static final long DATABASE_MS_MIN = 5;

  ShopTimes {
    if (coldStart.isNegative()) {
      throw new IllegalArgumentException("coldStart must be at least 0 but was " + coldStart);
    }
    if (database.toMillis() < DATABASE_MS_MIN) {
      throw new IllegalArgumentException("database must be at least 5 ms but was " + database);
    }
  }

  /** The times of a shop whose database is as slow as most are in a rush. */
  static ShopTimes startingWithin(Duration coldStart) {
    return new ShopTimes(coldStart, DATABASE);
  }
}
