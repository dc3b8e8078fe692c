package dev.usher.sim.scenario;

import java.util.Locale;

/**
 * A target for one figure of every run. If a run does not have the figure, it misses the target.
 *
 * @param metric the figure
 * @param atLeast the least it may be
 * @param atMost the most it may be
 */
public record FigureTarget(Metric metric, double atLeast, double atMost) {
  /** Half a unit of the last digit ever shown: rounding is not a miss. */
  private static final double ROUNDING = 1e-9;

  static FigureTarget atMost(Metric metric, double most) {
    return new FigureTarget(metric, Double.NEGATIVE_INFINITY, most);
  }

  static FigureTarget atLeast(Metric metric, double least) {
    return new FigureTarget(metric, least, Double.POSITIVE_INFINITY);
  }

  static FigureTarget none(Metric metric) {
    return atMost(metric, 0);
  }

  /** Whether the run meets it. */
  public boolean isKeptBy(double value) {
    return value >= atLeast - ROUNDING && value <= atMost + ROUNDING;
  }

  /** How bad a value is for this target, higher being worse; for finding the worst seed. */
  public double badness(double value) {
    if (Double.isNaN(value)) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.max(atLeast - value, value - atMost);
  }

  /** The target in words. */
  public String text() {
    if (Double.isInfinite(atMost)) {
      return "at least " + number(atLeast);
    }
    return Double.isInfinite(atLeast)
        ? "at most " + number(atMost)
        : number(atLeast) + " to " + number(atMost);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
