package dev.usher.sim.scenario;

import dev.usher.sim.crowd.Course;
import dev.usher.sim.gate.DeclaredBefore;

/**
 * How many pods a room wants so that everybody is in within a given time, as an operator's rule on
 * the room's own figures would compute it.
 */
final class ScaleOut {
  private static final double EVERYBODY_IN_SECONDS = 300;

  private final DeclaredBefore declared;
  private final double holdSeconds;

  /**
   * A rule.
   *
   * @param holdSeconds how long a session lasts, as measured before
   */
  ScaleOut(DeclaredBefore declared, double holdSeconds) {
    this.declared = declared;
    this.holdSeconds = holdSeconds;
  }

  int pods(double sessions, double waiting, int now) {
    double each = Course.spare(Math.max(10, now)) * declared.sessions();
    double all = (sessions + waiting) / (1 + EVERYBODY_IN_SECONDS / holdSeconds);
    return (int) Math.ceil(Math.max(all, sessions) / each);
  }
}
