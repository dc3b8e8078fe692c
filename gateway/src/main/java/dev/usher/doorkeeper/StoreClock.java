package dev.usher.doorkeeper;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The store's clock as this replica knows it: the machine's, corrected by what the store says. By
 * it, replicas whose machines disagree agree on when a pass ends; by their own clocks, half a
 * minute apart, each would put out the other's visitors.
 */
public final class StoreClock implements LongSupplier {
  /** Answers kept: about five seconds of refreshes, at least one of which was quick. */
  private static final int KEPT = 25;

  private final LongSupplier machine;
  private final long[] offsets = new long[KEPT];
  private int heard;
  private long last;

  /** How far the store is ahead, in milliseconds; 0 until it has said so. */
  private volatile long offset;

  public StoreClock(LongSupplier machine) {
    this.machine = machine;
  }

  /** Hears the store's time, in milliseconds since 1970. A time heard before, or 0, is no news. */
  public synchronized void hear(long time) {
    if (time == 0 || time == last) {
      return;
    }
    last = time;
    offsets[heard % KEPT] = time - machine.getAsLong();
    heard++;
    // An answer is old by the time it took, so the store is at least as far ahead as any answer
    // says.
    offset = Arrays.stream(offsets, 0, Math.min(heard, KEPT)).max().orElse(0);
  }

  /** Milliseconds since 1970. On the path of every request: one volatile read. */
  @Override
  public long getAsLong() {
    return machine.getAsLong() + offset;
  }
}
