package dev.usher.store.memory;

import java.util.function.LongSupplier;

/** A clock's time, which goes on from where it was when the clock is set back. */
final class MemoryClock implements LongSupplier {
  private final LongSupplier clock;
  private long last;
  private long shift;

  MemoryClock(LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public synchronized long getAsLong() {
    long now = clock.getAsLong() + shift;
    if (now < last) {
      shift += last - now;
      now = last;
    }
    last = now;
    return now;
  }
}
