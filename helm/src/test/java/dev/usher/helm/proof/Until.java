package dev.usher.helm.proof;

import dev.usher.house.Wait;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something to become true, and saying what there was when it does not. */
final class Until {
  private Until() {}

  /** Waits; gives back how long that took. */
  static Duration so(Duration atMost, BooleanSupplier what, Supplier<String> instead) {
    long began = System.nanoTime();
    if (!Wait.comesWithin(atMost, what)) {
      throw new AssertionError("Not so within " + atMost + ": " + instead.get());
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  static void pause(long millis) {
    Wait.pause(millis);
  }

  /** Writes a figure where it can be found. */
  static void measured(String what, Object... arguments) {
    System.out.println("MEASURED: " + String.format(java.util.Locale.ROOT, what, arguments));
  }
}
