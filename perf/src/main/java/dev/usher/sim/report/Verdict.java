package dev.usher.sim.report;

import dev.usher.sim.scenario.FigureTarget;
import dev.usher.sim.scenario.Results;
import java.util.Comparator;
import java.util.List;

/**
 * What many seeds say of one target.
 *
 * @param target the target
 * @param median of all values
 * @param worst the run that is furthest from it, or nearest to missing it
 * @param kept how many runs keep it
 * @param runs of so many
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

  /** Of values in order. */
  static double median(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  boolean isGood() {
    return kept == runs;
  }
}
