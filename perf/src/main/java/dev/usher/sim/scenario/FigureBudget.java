package dev.usher.sim.scenario;

import dev.usher.sim.crowd.CrowdMoment;
import java.util.List;

/**
 * How much was used of what the gate believed the pods could carry.
 *
 * @param use mean share of it while people waited, from when it was first full; NaN if it never was
 * @param most the highest share of it that was ever used; NaN if a gate has no such idea
 */
record FigureBudget(double use, double most) {
  /** A room this full counts as full. */
  private static final double FULL = 0.99;

  /** The number of waiting visitors may be a step old; up to this many count as none. */
  private static final double LINE = 50;

  static FigureBudget of(List<CrowdMoment> moments) {
    double sum = 0;
    int count = 0;
    double most = Double.NaN;
    boolean full = false;
    for (CrowdMoment moment : moments) {
      double used = moment.sessions() / moment.reading().capacity();
      if (Double.isNaN(used) || Double.isInfinite(used)) {
        continue;
      }
      most = Double.isNaN(most) ? used : Math.max(most, used);
      full |= used >= FULL;
      if (full && moment.reading().waiting() > LINE) {
        sum += used;
        count++;
      }
    }
    return new FigureBudget(count == 0 ? Double.NaN : sum / count, most);
  }
}
