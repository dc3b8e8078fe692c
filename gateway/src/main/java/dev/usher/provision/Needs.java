package dev.usher.provision;

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
