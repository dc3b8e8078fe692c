package dev.usher.sim.scenario;

import static dev.usher.sim.scenario.Target.atMost;
import static dev.usher.sim.scenario.Target.none;

/** Pods that are new, and not as they seem. */
final class ColdPods {
  private ColdPods() {}

  static Scenario hiddenCost() {
    return new Scenario(
        "hidden-cost",
        "15,000 visitors before 4 cold pods that answer almost as fast as warm ones, because most"
            + " of the time they wait for a database, and bear a tenth",
        Setup.sale().pods(4, false).like(nature -> nature.withRate(300, 0.1).withWaits(0.95)),
        none(Metric.CRASHES),
        atMost(Metric.REQUESTS_OVER, 1.15),
        none(Metric.ERRORS),
        none(Metric.LOST));
  }

  static Scenario fastAtOnce() {
    return new Scenario(
        "fast-at-once",
        "15,000 visitors before 8 pods that are new and as fast as they will ever be",
        Setup.sale().pods(8, false).like(nature -> nature.withRate(30, 1)),
        atMost(Metric.FULL_AFTER, 25),
        none(Metric.ERRORS),
        none(Metric.LOST));
  }
}
