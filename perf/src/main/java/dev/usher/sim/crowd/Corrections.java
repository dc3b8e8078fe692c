package dev.usher.sim.crowd;

import java.util.ArrayDeque;
import java.util.Deque;

/** How often the correction changes direction: from rising to falling, or back. */
final class Corrections {
  private static final double MINUTE = 60;

  private final Deque<Double> turns = new ArrayDeque<>();
  private double last = Double.NaN;
  private double direction;
  private int worst;

  void add(double at, double correction) {
    double step = correction - last;
    last = correction;
    if (Double.isNaN(step) || step == 0) {
      return;
    }
    if (direction * step < 0) {
      turns.addLast(at);
      while (turns.getFirst() <= at - MINUTE) {
        turns.removeFirst();
      }
      worst = Math.max(worst, turns.size());
    }
    direction = step;
  }

  int worstMinute() {
    return worst;
  }
}
