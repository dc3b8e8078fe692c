package dev.usher.house;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How tests wait: for something to be so, or for a time that is part of the play. */
public final class Wait {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Between two looks, once what is waited for did not come at once. */
  private static final long LOOK_MILLIS = 20;

  private Wait() {}

  /** Waits until something is so; generous, because the machine may be busy. */
  public static void until(String what, BooleanSupplier condition) {
    within(PATIENCE, what, condition);
  }

  /** Waits until something is so, at most this long. */
  public static void within(Duration most, String what, BooleanSupplier condition) {
    if (!comesWithin(most, condition)) {
      throw new AssertionError(
          "Within " + most.toMillis() + " ms this must be so but was not: " + what);
    }
  }

  /** Waits until something is so, or this long; whether it was so. */
  public static boolean comesWithin(Duration most, BooleanSupplier condition) {
    long began = System.nanoTime();
    for (long look = 1; !condition.getAsBoolean(); look = Math.min(2 * look, LOOK_MILLIS)) {
      if (System.nanoTime() - began > most.toNanos()) {
        return false;
      }
      pause(look);
    }
    return true;
  }

  /** Lets a time pass that belongs to the play: what comes after may not come sooner. */
  public static void pause(Duration time) {
    // Who was woken for another reason, before or meanwhile, goes on sleeping.
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while waiting");
      }
      LockSupport.parkNanos(left);
    }
  }

  /** Lets so many milliseconds pass. */
  public static void pause(long millis) {
    pause(Duration.ofMillis(millis));
  }
}
