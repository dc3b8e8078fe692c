package dev.usher.provision;

import dev.usher.store.upstream.LiveState;

/** How many pods a crowd needs, by what is known of it. */
final class Needs {
  private Needs() {}

  /**
   * The pods with which everyone now in line is in after {@code within}: in that time a full house
   * lets in as many as it holds, once for each time that its sessions end.
   *
   * @param within seconds
   * @param sessionSeconds how long a session lasts
   */
  static int ofLine(Demand crowd, Strength pods, double within, double sessionSeconds) {
    return crowd.inLine() == 0 ? 0 : pods.toBear(crowd.all() / (1 + within / sessionSeconds));
  }

  /**
   * Of those who would come into a room, how many its limits let in within {@code within}: more
   * pods would let in no more of them.
   *
   * @param inside sessions of the room
   * @param within seconds
   * @param sessionSeconds how long a session lasts
   */
  // Rule zero: a room's crowd, what is set for it, and the two times that ofLine has too.
  static long allowed(
      long comers, long inside, LiveState limits, double within, double sessionSeconds) {
    double allowed = comers;
    if (limits.sessions() != LiveState.UNLIMITED) {
      // As many as it holds, once for each time that its sessions end, less those in it by now.
      allowed = Math.min(allowed, limits.sessions() * (1 + within / sessionSeconds) - inside);
    }
    if (limits.perMinute() != LiveState.UNLIMITED) {
      allowed = Math.min(allowed, limits.perMinute() * within / 60);
    }
    return (long) Math.ceil(Math.max(0, allowed));
  }

  /** The pods that bear everyone who is inside. */
  static int ofSessions(Demand crowd, Strength pods) {
    return pods.toBear((double) crowd.sessions());
  }

  /**
   * Seconds until everyone in line is in, if no pod is added.
   *
   * @param capacity sessions that are let in now
   */
  static double throughSeconds(Demand crowd, long capacity, double sessionSeconds) {
    long inside = crowd.sessions() - crowd.wouldWait();
    long beyond = crowd.inLine() - Math.max(0, capacity - inside);
    if (beyond <= 0) {
      return 0;
    }
    return capacity <= 0 ? Double.POSITIVE_INFINITY : beyond * sessionSeconds / capacity;
  }
}
