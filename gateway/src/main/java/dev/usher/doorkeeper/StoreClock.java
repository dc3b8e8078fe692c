package dev.usher.doorkeeper;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The store's clock as this replica knows it: the machine's, put right by what the store says.
 * Replicas whose machines disagree agree by it on when a pass ends; by their own clocks, half a
 * minute apart, each would put out the other's visitors.
 */
public final class StoreClock implements LongSupplier {
  /** Five seconds of refreshes: one that was quick is among them. */
  private static final int KEPT = 25;

  private final LongSupplier machine;
  private final long[] offsets = new long[KEPT];
  private int heard;
  private long last;

  /** How much the store is ahead; 0 until it has said so. */
  private volatile long offset;

  public StoreClock(LongSupplier machine) {
    this.machine = machine;
  }

  /**
   * The store has just said its time, in milliseconds since 1970. What it said before, or 0, says
   * nothing new.
   */
  public synchronized void hear(long time) {
    if (time == 0 || time == last) {
      return;
    }
    last = time;
    offsets[heard % KEPT] = time - machine.getAsLong();
    heard++;
    // An answer is old by the time it took, so the store is never less ahead than any answer says.
    offset = Arrays.stream(offsets, 0, Math.min(heard, KEPT)).max().orElse(0);
  }

  /** Milliseconds since 1970. On the path of every request: one volatile read. */
  @Override
  public long getAsLong() {
    return machine.getAsLong() + offset;
  }
}
