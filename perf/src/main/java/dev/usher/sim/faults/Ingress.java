package dev.usher.sim.faults;

import java.util.ArrayList;
import java.util.List;

/** The visitors' route to Usher, which may be cut for all or some of them. */
final class Ingress {
  /** How many are cut off in each quarter of a gradual cut. */
  private static final double[] BY_AND_BY = {0.4, 0.65, 0.8, 1};

  private final List<Fault> cuts = new ArrayList<>();

  void begin(Fault cut) {
    cuts.add(cut);
  }

  void end(Fault cut) {
    cuts.remove(cut);
  }

  /**
   * Whether a visitor gets through.
   *
   * @param luck the visitor's own, from 0 to 1
   * @param now in seconds since the run began
   */
  boolean lets(double luck, double now) {
    return cuts.stream().noneMatch(cut -> luck < cutOff(cut, now));
  }

  private static double cutOff(Fault cut, double now) {
    int quarter = (int) (4 * (now - cut.at()) / cut.lasts());
    return cut.howMuch() == 0 ? 1 : BY_AND_BY[Math.max(0, Math.min(3, quarter))];
  }
}
