package dev.usher;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time since 1970 as the machine had it when this clock began, moving on steadily from there:
 * nobody can set it. With a clock that is set back, a tick would wait until the time came again;
 * with one that is set ahead, all ages and outages would be over.
 */
final class SteadyClock implements LongSupplier {
  private final long start;
  private final LongSupplier nanos;
  private final long startNanos;

  /**
   * @param machine milliseconds since 1970, asked once
   * @param nanos a steady source, like {@link System#nanoTime()}
   */
  SteadyClock(LongSupplier machine, LongSupplier nanos) {
    this.start = machine.getAsLong();
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  @Override
  public long getAsLong() {
    return start + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos);
  }
}
