package dev.usher.sim.scenario;

import static dev.usher.sim.scenario.FigureTarget.atLeast;
import static dev.usher.sim.scenario.FigureTarget.atMost;
import static dev.usher.sim.scenario.FigureTarget.none;

import dev.usher.sim.crowd.Crowd;
import java.util.List;

/** Scenarios in which people wait for long, and what they were told of that is checked. */
final class Waits {
  private Waits() {}

  static List<Scenario> all() {
    return List.of(constant(), small(), joining(), dying());
  }

  private static Setup sale() {
    return new Setup()
        .pods(10, true)
        .crowd(new Crowd(0, 12_000, 0, 60))
        .like(nature -> nature.withNoShow(0.05))
        .lasting(1800);
  }

  private static FigureTarget[] promises(double held) {
    return new FigureTarget[] {
      atLeast(Metric.WAIT_HELD, held),
      atMost(Metric.WAIT_WIDTH, 40),
      atMost(Metric.WAIT_HALVED, 5),
      none(Metric.LOST)
    };
  }

  private static Scenario constant() {
    return new Scenario(
        "wait-constant",
        "12,000 visitors within a minute before 10 warm pods, and nothing changes",
        sale(),
        promises(85));
  }

  private static Scenario small() {
    return new Scenario(
        "wait-small",
        "800 visitors within a minute before 1 warm pod, and nothing changes",
        new Setup()
            .pods(1, true)
            .crowd(new Crowd(0, 800, 0, 60))
            .like(nature -> nature.withNoShow(0.05))
            .lasting(1800),
        promises(85));
  }

  private static Scenario joining() {
    return new Scenario(
        "wait-pods-join",
        "the same before 10 warm pods, to which an autoscaler adds as many cold ones as Usher asks"
            + " for, about 15",
        sale().scaledTo(40).scaledBy(ScaledBy.SIGNAL),
        promises(75));
  }

  private static Scenario dying() {
    return new Scenario(
        "wait-pods-die",
        "the same before 10 warm pods, of which 2 die after 240 s, and come back cold",
        sale().when(240, site -> Scenarios.kill(site, 2, false)),
        promises(75));
  }
}
