package dev.usher.sim.scenario;

import dev.usher.sim.crowd.CrowdMoment;
import java.util.List;

/**
 * How much of what the gate believed the pods to carry was used.
 *
 * @param use mean share of it while people waited, from when it was first full; NaN if it never was
 * @param most the most of it that was ever used; NaN where a gate has no such idea
 */
record FigureBudget(double use, double most) {
  /** Of a room this full it is said that it is full. */
  private static final double FULL = 0.99;

  /** A moment's number of people waiting may be old by a step; one of so many is none. */
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
