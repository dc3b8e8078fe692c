package dev.usher.forecast;

import dev.usher.forecast.ToldWaits.Told;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The waits that one visitor was told of, as the visitor notes them. */
public final class WaitDiary {
  private static final long MINUTE_MILLIS = 60_000;

  private final List<Entry> entries = new ArrayList<>();
  private long waitsFrom;
  private boolean waits;

  private record Entry(long at, @Nullable WaitRange range) {}

  /**
   * Notes what the visitor was told.
   *
   * @param at milliseconds; only differences matter
   * @param range the wait; null if it could not be told
   */
  public void told(long at, @Nullable WaitRange range) {
    waitsFrom = waits ? waitsFrom : at;
    waits = true;
    if (range != null || !entries.isEmpty()) {
      entries.add(new Entry(at, range));
    }
  }

  /** The visitor comes in: compares what was told with what came of it. */
  public void comesIn(long at, KeptWaits kept) {
    if (entries.isEmpty()) {
      kept.nothing();
      return;
    }
    long first = entries.get(0).at();
    kept.toldAfter(first - waitsFrom);
    check(Told.ARRIVAL, first, at, kept);
    check(Told.HALFWAY, (first + at) / 2, at, kept);
    check(Told.MINUTE, at - MINUTE_MILLIS, at, kept);
  }

  private void check(Told when, long time, long at, KeptWaits kept) {
    Entry last = null;
    for (Entry entry : entries) {
      last = entry.at() <= time ? entry : last;
    }
    WaitRange range = last == null ? null : last.range();
    if (last != null && range != null) {
      kept.add(when, range, at - last.at());
    }
  }
}
