package dev.usher.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the visitors of one room were told of their waits, so that it can be compared with what came
 * of it. What somebody is told follows from their number and the time alone, so a few dozen moments
 * are remembered and nothing for each visitor.
 */
public final class ToldWaits {
  /** When somebody was told. Its name in lower case is the metric's label. */
  public enum Told {
    /** For the first time. */
    ARRIVAL,
    /** When half of the time since then was over. */
    HALFWAY,
    /** A minute before coming in. */
    MINUTE
  }

  /** What came of what was told. Its name in lower case is the metric's label. */
  public enum Outcome {
    /** The wait ended within the range. */
    HELD,
    /** It ended sooner. */
    SHORTER,
    /** It was longer. */
    LONGER,
    /** It was more than twice as long. */
    MORE_THAN_TWICE;

    /** The outcome of a ratio. */
    public static Outcome of(double ratio) {
      if (ratio == 1) {
        return HELD;
      }
      if (ratio > 1) {
        return SHORTER;
      }
      return ratio < HALF ? MORE_THAN_TWICE : LONGER;
    }
  }

  private static final double HALF = 0.5;

  /** The numbers at each moment whose places are remembered; those between are in between. */
  private static final int SAMPLES = 32;

  private static final long MINUTE_MILLIS = 60_000;

  /** Old moments are remembered at intervals of this part of their age. */
  private static final int PART_OF_AGE = 16;

  private static final long APART_MILLIS = 2000;

  /** Shorter waits than this say nothing about what was told, and nobody minds this much. */
  static final long SHORT_MILLIS = 5000;

  private static final long SLACK_MILLIS = 1000;

  /** A call is claimed sooner than this, or what was told before it does not matter. */
  private static final long CLAIMED_MILLIS = 120_000;

  private final List<Moment> moments = new ArrayList<>();
  private volatile ObjDoubleConsumer<Told> checked = (told, ratio) -> {};

  /** What was told at one time. */
  // Rule zero: nobody compares these, and nobody else has the array.
  @SuppressWarnings("ArrayRecordComponent")
  private record Moment(Line line, int[] ahead, Forecast forecast) {
    @Nullable WaitRange told(long number) {
      long first = line.called() + 1;
      if (number < first || number > line.issued()) {
        return null;
      }
      double at = (double) (number - first) * (SAMPLES - 1) / Math.max(1, line.issued() - first);
      int before = (int) at;
      int after = Math.min(SAMPLES - 1, before + 1);
      double people = ahead[before] + (at - before) * (ahead[after] - ahead[before]);
      WaitRange range = forecast.until(people + 1);
      return range == null ? null : range.after(line.opensIn());
    }
  }

  /**
   * A room's line at one time.
   *
   * @param time milliseconds since 1970
   * @param epoch the life of the line
   * @param called numbers up to here may come in
   * @param issued the last number given
   * @param opensIn milliseconds until anybody comes in at all
   */
  public record Line(long time, long epoch, long called, long issued, long opensIn) {}

  /**
   * Whom to tell of each promise that was checked, and of the ratio of what was told to what was.
   */
  public void observe(ObjDoubleConsumer<Told> observer) {
    checked = observer;
  }

  /**
   * Notes what is told from now on.
   *
   * @param ahead people ahead of a number
   */
  public synchronized void note(Line line, LongUnaryOperator ahead, Forecast forecast) {
    if (line.issued() <= line.called()) {
      forget(line);
      return;
    }
    int[] sampled = new int[SAMPLES];
    long first = line.called() + 1;
    for (int i = 0; i < SAMPLES; i++) {
      long number = first + (line.issued() - first) * i / (SAMPLES - 1);
      sampled[i] = (int) Math.min(Integer.MAX_VALUE, ahead.applyAsLong(number));
    }
    moments.add(new Moment(line, sampled, forecast));
    forget(line);
  }

  private void forget(Line now) {
    moments.removeIf(moment -> moment.line().epoch() != now.epoch());
    for (int i = moments.size() - 2; i > 0; i--) {
      long apart = moments.get(i + 1).line().time() - moments.get(i - 1).line().time();
      long age = now.time() - moments.get(i).line().time();
      if (apart < Math.max(APART_MILLIS, age / PART_OF_AGE)) {
        moments.remove(i);
      }
    }
    long in = 0;
    for (Moment moment : moments) {
      in = now.time() - moment.line().time() > CLAIMED_MILLIS ? moment.line().called() : in;
    }
    while (moments.size() > 1 && moments.get(1).line().issued() < in) {
      moments.remove(0);
    }
  }

  /** Compares what somebody was told who comes in now with how long it was. */
  public synchronized void comesIn(long epoch, long number, long now) {
    int first = 0;
    while (first < moments.size() && !tells(moments.get(first), epoch, number)) {
      first++;
    }
    if (first == moments.size()) {
      return;
    }
    long from = moments.get(first).line().time();
    check(Told.ARRIVAL, moments.get(first), number, now);
    check(Told.HALFWAY, asOf((from + now) / 2, first), number, now);
    if (now - from >= MINUTE_MILLIS) {
      check(Told.MINUTE, asOf(now - MINUTE_MILLIS, first), number, now);
    }
  }

  private static boolean tells(Moment moment, long epoch, long number) {
    return moment.line().epoch() == epoch && moment.told(number) != null;
  }

  private Moment asOf(long time, int first) {
    Moment last = moments.get(first);
    for (Moment moment : moments.subList(first, moments.size())) {
      last = moment.line().time() <= time ? moment : last;
    }
    return last;
  }

  private void check(Told when, Moment moment, long number, long now) {
    WaitRange range = moment.told(number);
    long wait = now - moment.line().time();
    if (range != null && wait >= SHORT_MILLIS) {
      checked.accept(when, ratio(range, wait));
    }
  }

  /** What was told as a multiple of what was: 1 if the wait ended within the range. */
  static double ratio(WaitRange told, long wait) {
    if (wait > told.to() + SLACK_MILLIS) {
      return (double) told.to() / wait;
    }
    return wait < told.from() - SLACK_MILLIS ? (double) told.from() / wait : 1;
  }

  /** How many moments are remembered. */
  synchronized int size() {
    return moments.size();
  }
}
