package dev.usher.forecast;

import java.util.Arrays;

/** A number that is expected to change over time, in straight lines between some moments. */
public final class Path {
  private final double[] seconds;
  private final double[] values;

  private Path(double[] seconds, double[] values) {
    this.seconds = seconds;
    this.values = values;
  }

  /** What stays as it is. */
  public static Path level(double value) {
    return new Path(new double[] {0}, new double[] {value});
  }

  /** The same, and so much more that is added evenly from one time to another. */
  public Path rising(double more, double from, double to) {
    double[] at = Arrays.copyOf(seconds, seconds.length + 2);
    at[seconds.length] = from;
    at[seconds.length + 1] = Math.max(to, from + 0.001);
    Arrays.sort(at);
    double[] sums = new double[at.length];
    double begin = from;
    double end = Math.max(to, from + 0.001);
    for (int i = 0; i < at.length; i++) {
      double part = Math.min(1, Math.max(0, (at[i] - begin) / (end - begin)));
      sums[i] = at(at[i]) + more * part;
    }
    return new Path(at, sums);
  }

  /** The time in seconds from which on nothing changes any more. */
  double end() {
    return seconds[seconds.length - 1];
  }

  /** The value after so many seconds. */
  double at(double second) {
    int last = seconds.length - 1;
    if (second >= seconds[last]) {
      return values[last];
    }
    int after = 1;
    while (seconds[after] < second) {
      after++;
    }
    double span = seconds[after] - seconds[after - 1];
    double part = span <= 0 ? 1 : (second - seconds[after - 1]) / span;
    return values[after - 1] + part * (values[after] - values[after - 1]);
  }
}
