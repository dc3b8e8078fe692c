package dev.usher.helm.proof;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something to become true, and saying what there was when it does not. */
final class Until {
  private static final long LOOK_MILLIS = 20;

  private Until() {}

  /** Waits; gives back how long that took. */
  static Duration so(Duration atMost, BooleanSupplier what, Supplier<String> instead) {
    long began = System.nanoTime();
    while (!what.getAsBoolean()) {
      if (System.nanoTime() - began > atMost.toNanos()) {
        throw new AssertionError("Not so within " + atMost + ": " + instead.get());
      }
      pause(LOOK_MILLIS);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Writes a figure where it can be found. */
  static void measured(String what, Object... arguments) {
    System.out.println("MEASURED: " + String.format(java.util.Locale.ROOT, what, arguments));
  }
}
