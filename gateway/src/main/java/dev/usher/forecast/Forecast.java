package dev.usher.forecast;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How long it takes until so many people are called, at least and at most. */
public final class Forecast {
  /** Nothing can be told. */
  public static final Forecast NONE = new Forecast(new double[0], new double[0]);

  private static final String FORM = "1";

  /** Around what a limit allows: it is kept by the minute, and not everyone called comes. */
  private static final double LIMIT_SOONER = 0.9;

  private static final double LIMIT_LATER = 1.1;

  private final double[] soonest;
  private final double[] latest;

  /** Seconds until as many are called as {@link #knot} says, for as many knots as can be told. */
  Forecast(double[] soonest, double[] latest) {
    this.soonest = soonest;
    this.latest = latest;
  }

  /** Numbers of people for which times are kept: two for each doubling. */
  static double knot(int index) {
    return (index % 2 == 0 ? 1 : 1.5) * (1L << (index / 2));
  }

  /** Knots that are needed for so many people. */
  static int knots(double people) {
    int count = 1;
    while (knot(count - 1) < people) {
      count++;
    }
    return count;
  }

  int size() {
    return latest.length;
  }

  double soonest(double people) {
    return at(soonest, people);
  }

  double latest(double people) {
    return at(latest, people);
  }

  private static double at(double[] seconds, double people) {
    if (people <= 0) {
      return 0;
    }
    int after = knots(people) - 1;
    if (after >= seconds.length) {
      return Double.POSITIVE_INFINITY;
    }
    double before = after == 0 ? 0 : knot(after - 1);
    double least = after == 0 ? 0 : seconds[after - 1];
    double part = (people - before) / (knot(after) - before);
    return least + part * (seconds[after] - least);
  }

  /** The same for people of whom so many more are called before: by how many there are of them. */
  public Forecast seenThrough(DoubleUnaryOperator calls) {
    int tells = 0;
    double[] from = new double[latest.length];
    double[] to = new double[latest.length];
    while (tells < to.length) {
      double all = calls.applyAsDouble(knot(tells));
      from[tells] = soonest(all);
      to[tells] = latest(all);
      if (Double.isInfinite(to[tells])) {
        break;
      }
      tells++;
    }
    return new Forecast(Arrays.copyOf(from, tells), Arrays.copyOf(to, tells));
  }

  /** The same if no more than so many are called a second; with none nothing can be told. */
  public Forecast noFasterThan(double perSecond) {
    double[] from = soonest.clone();
    double[] to = latest.clone();
    for (int i = 0; i < to.length; i++) {
      from[i] = Math.max(from[i], LIMIT_SOONER * knot(i) / perSecond);
      to[i] = Math.max(to[i], LIMIT_LATER * knot(i) / perSecond);
    }
    return perSecond > 0 ? new Forecast(from, to) : NONE;
  }

  /** The same of no more people than this. */
  public Forecast upTo(double people) {
    int tells = 0;
    while (tells < latest.length && knot(tells) <= people) {
      tells++;
    }
    return new Forecast(Arrays.copyOf(soonest, tells), Arrays.copyOf(latest, tells));
  }

  /** The wait until so many people are called; null if that cannot be told. */
  public @Nullable WaitRange until(double people) {
    double to = latest(people);
    if (Double.isInfinite(to)) {
      return null;
    }
    long from = Math.round(1000 * soonest(people));
    return new WaitRange(from, Math.max(from, Math.round(1000 * to)));
  }

  /** All of it as one line of text. */
  public String text() {
    return FORM
        + IntStream.range(0, latest.length)
            .mapToObj(i -> String.format(Locale.ROOT, " %.1f,%.1f", soonest[i], latest[i]))
            .collect(Collectors.joining());
  }

  /** Reads what {@link #text} wrote; {@link #NONE} if that cannot be read. */
  public static Forecast parse(String text) {
    String[] words = text.split("[ ,]", -1);
    if (!words[0].equals(FORM) || words.length % 2 == 0) {
      return NONE;
    }
    try {
      double[] all = Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray();
      double[] soonest = new double[all.length / 2];
      double[] latest = new double[all.length / 2];
      for (int i = 0; i < soonest.length; i++) {
        soonest[i] = all[2 * i];
        latest[i] = all[2 * i + 1];
      }
      return new Forecast(soonest, latest);
    } catch (NumberFormatException e) {
      return NONE;
    }
  }
}
