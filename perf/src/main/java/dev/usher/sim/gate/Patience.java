package dev.usher.sim.gate;

import dev.usher.sim.time.Timeline;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets visitors abandon requests that take too long. All are equally patient, so whoever asked
 * first gives up first, and nobody needs a separate appointment.
 */
public final class Patience {
  /** How long a visitor sees nothing before trying again. Pods do not learn of it. */
  public static final double SECONDS = 10;

  private static final double LOOK_SECONDS = 0.05;

  private final Timeline timeline;
  private final double seconds;
  private final Deque<SimRequest> asked = new ArrayDeque<>();

  public Patience(Timeline timeline) {
    this(timeline, SECONDS);
  }

  /** For visitors who wait this long for an answer. */
  public Patience(Timeline timeline, double seconds) {
    this.timeline = timeline;
    this.seconds = seconds;
    timeline.every(LOOK_SECONDS, LOOK_SECONDS, this::look);
  }

  void add(SimRequest request) {
    asked.addLast(request);
  }

  private void look() {
    double now = timeline.seconds();
    SimRequest first = asked.peekFirst();
    while (first != null && (first.isOver() || first.askedAt() + seconds <= now)) {
      asked.removeFirst();
      first.giveUp();
      first = asked.peekFirst();
    }
  }

  double now() {
    return timeline.seconds();
  }
}
