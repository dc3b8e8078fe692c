package dev.usher.sim.gate;

import dev.usher.sim.time.Timeline;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets visitors give up requests that take too long. All are equally patient, so who asked first
 * gives up first, and nobody needs an appointment of their own.
 */
public final class Patience {
  /** A visitor who has seen nothing for so long tries again. Pods do not hear of it. */
  public static final double SECONDS = 10;

  private static final double LOOK_SECONDS = 0.05;

  private final Timeline timeline;
  private final double seconds;
  private final Deque<SimRequest> asked = new ArrayDeque<>();

  public Patience(Timeline timeline) {
    this(timeline, SECONDS);
  }

  /** Of visitors who wait so long for an answer. */
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
