package dev.usher.sim.report;

import dev.usher.sim.scenario.FigureTarget;
import dev.usher.sim.scenario.Results;
import java.util.Comparator;
import java.util.List;

/**
 * The verdict of many seeds on one target.
 *
 * @param target the target
 * @param median of all values
 * @param worst the run that misses it by most, or comes nearest to missing it
 * @param kept how many runs meet it
 * @param runs how many runs there were
 */
record Verdict(FigureTarget target, double median, Results worst, int kept, int runs) {
  static Verdict of(FigureTarget target, List<Results> results) {
    double[] values =
        results.stream().mapToDouble(result -> result.of(target.metric())).sorted().toArray();
    Results worst =
        results.stream()
            .max(Comparator.comparingDouble(r -> target.badness(r.of(target.metric()))))
            .orElseThrow();
    int kept = 0;
    for (double value : values) {
      kept += target.isKeptBy(value) ? 1 : 0;
    }
    return new Verdict(target, median(values), worst, kept, values.length);
  }

  /** Of sorted values. */
  static double median(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  boolean isGood() {
    return kept == runs;
  }
}
