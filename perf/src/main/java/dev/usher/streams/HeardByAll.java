package dev.usher.streams;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What all listeners heard, and how late. Confined to one event loop, but for what is read. */
final class HeardByAll {
  private static final long MOST = TimeUnit.MINUTES.toMillis(10);

  private Histogram gaps = new Histogram(MOST, 3);
  private final Histogram lags = new Histogram(MOST, 3);
  private volatile long events;
  private volatile long messages;
  private volatile long saidNanos;

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  void event(long sinceLastNanos, long now, boolean isMessage) {
    events++;
    if (sinceLastNanos > 0) {
      gaps.recordValue(TimeUnit.NANOSECONDS.toMillis(sinceLastNanos));
    }
    if (isMessage && saidNanos > 0) {
      messages++;
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
    return events;
  }

  long messages() {
    return messages;
  }

  String gaps() {
    return words(gaps);
  }

  String lags() {
    return words(lags);
  }

  private static String words(Histogram of) {
    return "p50 %d, p99 %d, max %d ms"
        .formatted(of.getValueAtPercentile(50), of.getValueAtPercentile(99), of.getMaxValue());
  }
}
