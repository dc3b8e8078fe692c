package dev.usher.sim.scenario;

import static dev.usher.sim.scenario.FigureTarget.atLeast;
import static dev.usher.sim.scenario.FigureTarget.atMost;
import static dev.usher.sim.scenario.FigureTarget.none;

import dev.usher.admission.capacity.Tuning;
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

  /** Of the pods that join, visitors are the first guests. */
  static Scenario joining() {
    return new Scenario(
        "pods-double",
        "10,000 visitors before 10 warm pods, which become 20 in the middle of the sale: the new"
            + " ones have a twentieth of their speed, and visitors warm them",
        doubled(),
        none(Metric.CRASHES),
        atMost(Metric.P99_JOINING, 3),
        none(Metric.LOST));
  }

  /** Of the pods that join, Usher itself is the first guest. */
  static Scenario joiningCalled() {
    return new Scenario(
        "pods-double-called",
        "the same with a list of paths, by which Usher warms the new ones before visitors come",
        doubled().calling(),
        none(Metric.CRASHES),
        // It has answered calls at this part of a warm pod's rate.
        atLeast(Metric.MET_COLD, Tuning.CALLS_MOST),
        atMost(Metric.P99_JOINING, 3),
        none(Metric.ERRORS),
        none(Metric.LOST));
  }

  private static Setup doubled() {
    return new Setup()
        .pods(10, true)
        .crowd(new Crowd(0, 10_000, 0, 1))
        .like(nature -> nature.withNoShow(0.05).withRate(30, 0.05))
        .doubling(30);
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
