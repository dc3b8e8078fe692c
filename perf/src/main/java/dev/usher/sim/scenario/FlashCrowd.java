package dev.usher.sim.scenario;

import static dev.usher.sim.scenario.FigureTarget.atLeast;
import static dev.usher.sim.scenario.FigureTarget.none;

import dev.usher.sim.crowd.Crowd;

/**
 * The story that Usher exists for: a crowd comes to two warm pods, and more may be started. The
 * same crowd meets each way to have them.
 *
 * @param visitors how many come
 * @param podsMost how many pods there may be
 * @param startSeconds how long one takes to start
 * @param over time within which they come, in seconds
 * @param watched how long the run goes on after the first of them, whatever happens
 */
public record FlashCrowd(
    int visitors, int podsMost, double startSeconds, double over, double watched) {
  /** When they come, in seconds after the start: the schedule needs time before. */
  public static final double OPENS = 600;

  private static final int PODS = 2;
  private static final double WITHIN = 600;
  private static final double GATHERED = 300;

  /** It with this way to have pods, and what must hold. */
  public Scenario by(ScaleWay way) {
    Setup setup =
        new Setup()
            .crowd(new Crowd(0, visitors, OPENS, over))
            .like(nature -> nature.withNoShow(0.05))
            .pods(PODS, true)
            .asInTheStory(startSeconds)
            .scaledTo(podsMost)
            .scaledBy(way.by())
            .wholly(OPENS + watched);
    if (way == ScaleWay.SCHEDULE) {
      setup.told(OPENS - GATHERED, OPENS, visitors, WITHIN);
    }
    return new Scenario(
        "flash-crowd",
        visitors + " visitors before 2 pods, which may become " + podsMost + ": " + way.title(),
        setup,
        targets(way));
  }

  private static FigureTarget[] targets(ScaleWay way) {
    if (way == ScaleWay.HPA) {
      return new FigureTarget[0];
    }
    return way.servesAll()
        ? new FigureTarget[] {none(Metric.LOST), atLeast(Metric.SERVED_PERCENT, 99)}
        : new FigureTarget[] {none(Metric.LOST)};
  }
}
