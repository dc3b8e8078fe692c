package dev.usher.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps a log line that any stranger can cause to one a minute. Any thread may ask. */
public final class OnceAMinute {
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong last = new AtomicLong(System.nanoTime() - MINUTE_NANOS);

  /** Whether it is time for the line; whoever hears so writes it. */
  public boolean isDue() {
    long now = System.nanoTime();
    long before = last.get();
    return now - before >= MINUTE_NANOS && last.compareAndSet(before, now);
  }
}
