package dev.usher.store.redis.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What time it should be in the store: when it last said so, and how long ago that was by a clock
 * that nobody sets. A store that fails over to a server whose clock is ahead is told by it.
 */
final class ExpectedTime {
  private final LongSupplier nanos;
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();

  private record Heard(long time, long nanos) {}

  /**
   * @param nanos as {@link System#nanoTime()} tells
   */
  ExpectedTime(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The key of the clock that lies where this key does. */
  static String clock(String key) {
    return key.substring(0, key.indexOf('}') + 1) + ":clock";
  }

  /** The time by the clock that nobody sets, to note when something is asked. */
  long nanos() {
    return nanos.getAsLong();
  }

  /**
   * This clock told the time, in milliseconds since 1970.
   *
   * @param askedAt when it was asked, in {@link #nanos()}: the answer may have lain here for long
   */
  void hear(String clock, long time, long askedAt) {
    heard.put(clock, new Heard(time, askedAt));
  }

  /** As scripts are told it; nothing before the clock was first heard. */
  String of(String clock) {
    Heard last = heard.get(clock);
    return last == null
        ? ""
        : Long.toString(
            last.time() + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - last.nanos()));
  }
}
