package dev.usher.sim.scenario;

import static dev.usher.sim.scenario.FigureTarget.atMost;
import static dev.usher.sim.scenario.FigureTarget.none;

import dev.usher.sim.crowd.Crowd;

/** Scenarios with pods that are new, and not what they seem. */
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

  /** Listed pods that start together with Usher: cold ones look as if they had been serving. */
  static Scenario listed() {
    return new Scenario(
        "listed-cold-pods",
        "1,000 visitors in 1 s before 2 listed pods that are ready at the first probe and cold:"
            + " they have a fifth of their speed",
        new Setup()
            .pods(2, false)
            .listed()
            .unproven()
            .crowd(new Crowd(0, 1000, 0, 1))
            .like(nature -> nature.withPages(36, 3.3).withRate(30, 0.2))
            .lasting(600),
        none(Metric.CRASHES),
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
