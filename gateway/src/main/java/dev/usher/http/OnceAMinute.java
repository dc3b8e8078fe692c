package dev.usher.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Limits a log line that any stranger can cause to one a minute. Safe for any thread. */
public final class OnceAMinute {
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong last = new AtomicLong(System.nanoTime() - MINUTE_NANOS);

  /** Whether the line is due; a caller that gets true writes it. */
  public boolean isDue() {
    long now = System.nanoTime();
    long before = last.get();
    return now - before >= MINUTE_NANOS && last.compareAndSet(before, now);
  }
}
