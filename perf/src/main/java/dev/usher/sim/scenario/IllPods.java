package dev.usher.sim.scenario;

import static dev.usher.sim.scenario.FigureTarget.atLeast;
import static dev.usher.sim.scenario.FigureTarget.none;

import dev.usher.sim.crowd.Crowd;
import java.util.List;

/** Scenarios in which one pod is worse than the others. */
final class IllPods {
  private IllPods() {}

  static List<Scenario> all() {
    return List.of(
        of("one-fails", "fails half of its requests", 1, 0.5),
        of("one-fails-a-third", "fails a third of its requests", 1, 1.0 / 3),
        of("one-slow", "takes 14 times as long as it did", 1.0 / 14, 0));
  }

  private static Scenario of(String name, String how, double speed, double failing) {
    return new Scenario(
        name,
        "2,500 visitors before 3 warm pods, of which one " + how + " from 120 s to 240 s",
        new Setup()
            .pods(3, true)
            .crowd(new Crowd(0, 2500, 0, 1))
            .lasting(500)
            .illness(120, 240, speed, failing),
        atLeast(Metric.ILL_KEPT, 0.6),
        atLeast(Metric.ILL_BACK, 0.95),
        none(Metric.CRASHES),
        none(Metric.LOST));
  }
}
