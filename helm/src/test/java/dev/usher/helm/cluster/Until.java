package dev.usher.helm.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until something is so, and tells what was instead when it does not come. */
final class Until {
  /** What others than Usher take: controllers, and JVMs that start on few processors. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration LOOK = Duration.ofMillis(20);

  private Until() {}

  static void so(String what, BooleanSupplier holds) {
    within(PATIENCE, () -> what, holds);
  }

  /** Returns how many milliseconds it took. */
  static long within(Duration patience, Supplier<String> what, BooleanSupplier holds) {
    long begin = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new AssertionError("Within " + patience + " it must be so: " + what.get());
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return (System.nanoTime() - begin) / 1_000_000;
  }

  /** Lets time go by in which something must not happen, or a crowd walks. */
  static void passed(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
