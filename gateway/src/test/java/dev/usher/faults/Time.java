package dev.usher.faults;

import dev.usher.house.Wait;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The clock of one run, in milliseconds since its start: one for visitors, pods and faults. */
final class Time {
  private static final long LOOK_MILLIS = 10;

  private final long start = System.nanoTime();

  long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Waits until this moment, or until something is so. */
  void await(long moment, BooleanSupplier done) {
    while (now() < moment && !done.getAsBoolean()) {
      Wait.pause(LOOK_MILLIS);
    }
  }

  /** Waits until this moment. */
  void await(long moment) {
    await(moment, () -> false);
  }
}
