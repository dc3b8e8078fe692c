package dev.usher.forecast;

import dev.usher.forecast.ToldWaits.Told;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of the waits that many visitors were told of. Not thread-safe. */
public final class KeptWaits {
  private final Map<Told, Tally> tallies = new EnumMap<>(Told.class);
  private long untold;
  private long told;
  private long toldAfter;

  /**
   * What came of the waits that were told at the same point.
   *
   * @param count how many were
   * @param held the part of them that ended within what was told
   * @param tooLong the part that ended sooner
   * @param halved the part of which less than half was told
   * @param width the median width of what was told, as a part of the wait that remained
   */
  public record Kept(long count, double held, double tooLong, double halved, double width) {}

  private static final class Tally {
    private float[] widths = new float[64];
    private int count;
    private int held;
    private int tooLong;
    private int halved;

    private void add(float width, double ratio) {
      widths = count == widths.length ? Arrays.copyOf(widths, 2 * count) : widths;
      widths[count++] = width;
      held += ratio == 1 ? 1 : 0;
      tooLong += ratio > 1 ? 1 : 0;
      halved += ratio < 0.5 ? 1 : 0;
    }

    private void add(Tally other) {
      float[] both = Arrays.copyOf(widths, count + other.widths.length);
      System.arraycopy(other.widths, 0, both, count, other.count);
      widths = both;
      count += other.count;
      held += other.held;
      tooLong += other.tooLong;
      halved += other.halved;
    }

    private Kept kept() {
      float[] sorted = Arrays.copyOf(widths, count);
      Arrays.sort(sorted);
      double all = count;
      return new Kept(count, held / all, tooLong / all, halved / all, sorted[count / 2]);
    }
  }

  void nothing() {
    untold++;
  }

  /** Notes how many milliseconds somebody waited before a wait was told. */
  void toldAfter(long millis) {
    told++;
    toldAfter += millis;
  }

  /** Seconds until those who were told a wait heard of it, on average. */
  public double toldAfter() {
    return told == 0 ? 0 : toldAfter / 1000.0 / told;
  }

  /** Notes a wait that was told and how long it was, in milliseconds, if it was not very short. */
  void add(Told when, WaitRange range, long wait) {
    if (wait >= ToldWaits.SHORT_MILLIS) {
      float width = (float) (range.to() - range.from()) / wait;
      tally(when).add(width, ToldWaits.ratio(range, wait));
    }
  }

  private Tally tally(Told when) {
    return tallies.computeIfAbsent(when, unused -> new Tally());
  }

  /** Adds what others were told. */
  public void add(KeptWaits other) {
    untold += other.untold;
    told += other.told;
    toldAfter += other.toldAfter;
    other.tallies.forEach((when, tally) -> tally(when).add(tally));
  }

  /** Visitors who waited and were never told for how long. */
  public long untold() {
    return untold;
  }

  /** What came of all that was told, whenever it was; null if nothing was. */
  public @Nullable Kept overall() {
    Tally all = new Tally();
    tallies.values().forEach(all::add);
    return all.count == 0 ? null : all.kept();
  }

  /** What came of it, by when it was told; nothing of what was never told. */
  public Map<Told, Kept> all() {
    Map<Told, Kept> all = new EnumMap<>(Told.class);
    tallies.forEach((when, tally) -> all.put(when, tally.kept()));
    return all;
  }
}
