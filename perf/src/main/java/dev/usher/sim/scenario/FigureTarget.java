package dev.usher.sim.scenario;

import java.util.Locale;

/**
 * What must hold of one figure of every run. A figure that a run does not have keeps no target.
 *
 * @param metric the figure
 * @param atLeast the least it may be
 * @param atMost the most it may be
 */
public record FigureTarget(Metric metric, double atLeast, double atMost) {
  /** Half a unit of the last place that is ever told: rounding is no miss. */
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

  /** Whether the run keeps it. */
  public boolean isKeptBy(double value) {
    return value >= atLeast - ROUNDING && value <= atMost + ROUNDING;
  }

  /** How far from the target a value is, the worse the more; for finding the worst seed. */
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
