package dev.usher.cli.drill.crowd;

import dev.usher.forecast.KeptWaits;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measured times by kind, one histogram each. Not thread-safe: one for each event loop. */
public final class Clocks {
  /** Longest time that is told apart, in microseconds: longer than any patience allowed. */
  private static final long LONGEST = TimeUnit.MINUTES.toMicros(10);

  private final Map<Timing, Histogram> times = new EnumMap<>(Timing.class);
  private final List<Asked> pages = new ArrayList<>();
  private final KeptWaits waits = new KeptWaits();

  /** When a page was requested, and how long it took. */
  private record Asked(long at, long nanos) {}

  void page(long askedAt, long nanos) {
    pages.add(new Asked(askedAt, nanos));
  }

  void record(Timing span, long nanos) {
    long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
    of(span).recordValue(Math.min(LONGEST, micros));
  }

  public void add(Clocks other) {
    other.times.forEach((span, theirs) -> of(span).add(theirs));
    pages.addAll(other.pages);
    waits.add(other.waits);
  }

  /** What came of the waits that visitors were told of. */
  public KeptWaits waits() {
    return waits;
  }

  public Map<Timing, Percentiles> summary() {
    Map<Timing, Percentiles> all = new EnumMap<>(Timing.class);
    for (Timing span : Timing.values()) {
      all.put(span, Percentiles.of(of(span)));
    }
    return all;
  }

  /** Every page of an admitted visitor, timed from the start of the drill. */
  public List<PageTime> pages(long start) {
    return pages.stream().map(p -> new PageTime((p.at() - start) / 1e9, p.nanos() / 1e6)).toList();
  }

  private Histogram of(Timing span) {
    return times.computeIfAbsent(span, s -> new Histogram(LONGEST, 3));
  }
}
