package dev.usher.streams;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** What all listeners heard, and how late. Confined to one event loop, but for what is read. */
final class HeardByAll {
  private static final long MOST = TimeUnit.MINUTES.toMillis(10);

  /** A visitor hears of what is new at least this often. */
  private static final long PROMISED_MILLIS = 2000;

  private Histogram gaps = new Histogram(MOST, 3);
  private final Histogram lags = new Histogram(MOST, 3);
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong messages = new AtomicLong();
  private volatile long saidNanos;

  void event(long sinceLastNanos, long now, boolean isMessage) {
    events.incrementAndGet();
    if (sinceLastNanos > 0) {
      gaps.recordValue(TimeUnit.NANOSECONDS.toMillis(sinceLastNanos));
    }
    if (isMessage && saidNanos > 0) {
      messages.incrementAndGet();
      lags.recordValue(TimeUnit.NANOSECONDS.toMillis(now - saidNanos));
    }
  }

  /** Begins to measure. */
  void begin() {
    gaps = new Histogram(MOST, 3);
  }

  /** Notes that something is being said to everybody. */
  void said(long nanos) {
    saidNanos = nanos;
  }

  long events() {
    return events.get();
  }

  long messages() {
    return messages.get();
  }

  String gaps() {
    long late = gaps.getTotalCount() - gaps.getCountBetweenValues(0, PROMISED_MILLIS);
    return words(gaps) + ", %,d of %,d beyond 2 s".formatted(late, gaps.getTotalCount());
  }

  String lags() {
    return words(lags);
  }

  private static String words(Histogram of) {
    return "p50 %d, p99 %d, max %d ms"
        .formatted(of.getValueAtPercentile(50), of.getValueAtPercentile(99), of.getMaxValue());
  }
}
