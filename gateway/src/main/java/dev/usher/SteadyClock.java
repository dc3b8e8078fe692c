package dev.usher;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time since 1970 as the machine had it when this began, and as it went on from there: nobody
 * sets it. By a clock that is set back a step would wait for the time to come again, and by one
 * that is set ahead all ages and outages would be over.
 */
final class SteadyClock implements LongSupplier {
  private final long start;
  private final LongSupplier nanos;
  private final long startNanos;

  /**
   * @param machine milliseconds since 1970, asked once
   * @param nanos as {@link System#nanoTime()} tells
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
