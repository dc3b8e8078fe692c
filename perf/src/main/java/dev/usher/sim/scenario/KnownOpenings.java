package dev.usher.sim.scenario;

import static dev.usher.sim.scenario.FigureTarget.atLeast;
import static dev.usher.sim.scenario.FigureTarget.atMost;
import static dev.usher.sim.scenario.FigureTarget.none;

import dev.usher.sim.crowd.Crowd;
import java.util.List;

/** A sale whose time is known, with and without telling Usher. */
final class KnownOpenings {
  /** When it opens, in seconds after the start. */
  private static final double OPENS = 600;

  private static final double GATHERED_SECONDS = 300;
  private static final double WITHIN = 600;
  private static final int VISITORS = 15_000;

  private KnownOpenings() {}

  static List<Scenario> all() {
    return List.of(planned(), unplanned());
  }

  private static Setup sale(double from, double over) {
    return new Setup()
        .crowd(new Crowd(0, VISITORS, from, over))
        .like(nature -> nature.withNoShow(0.05))
        .pods(2, true)
        .scaledTo(40)
        .lasting(OPENS + 1500);
  }

  private static Scenario planned() {
    return new Scenario(
        "opening-planned",
        "15,000 visitors gather for five minutes before an opening that Usher was told of; 2 pods"
            + " are scaled by Usher's number before it, to about 30",
        sale(OPENS - GATHERED_SECONDS, GATHERED_SECONDS)
            .told(OPENS - GATHERED_SECONDS, OPENS, VISITORS, WITHIN),
        atLeast(Metric.FIRST_ADMITTED, OPENS),
        atMost(Metric.FIRST_ADMITTED, OPENS + 10),
        atMost(Metric.REQUESTS_OVER, 1.15),
        atMost(Metric.ADMIT_ALL, OPENS + 1.15 * WITHIN),
        none(Metric.ERRORS),
        none(Metric.LOST));
  }

  private static Scenario unplanned() {
    return new Scenario(
        "opening-unplanned",
        "the same 15,000 visitors come at the opening, and Usher was told nothing: 2 pods are"
            + " scaled by a rule on the line",
        sale(OPENS, 1),
        atMost(Metric.REQUESTS_OVER, 1.15),
        none(Metric.LOST));
  }
}
