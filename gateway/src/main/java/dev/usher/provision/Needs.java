package dev.usher.provision;

/** How many pods a crowd needs, by what it is known of it. */
final class Needs {
  private Needs() {}

  /**
   * So many that all who are in line now are in after {@code within}: in that time a house that is
   * full lets in as many as it holds, and once more for each time that its sessions end.
   *
   * @param within seconds
   * @param sessionSeconds how long a session lasts
   */
  static int ofLine(Demand crowd, Strength pods, double within, double sessionSeconds) {
    return crowd.inLine() == 0 ? 0 : pods.toBear(crowd.all() / (1 + within / sessionSeconds));
  }

  /** So many that all who are inside are borne. */
  static int ofSessions(Demand crowd, Strength pods) {
    return pods.toBear((double) crowd.sessions());
  }

  /**
   * How long it takes until all who are in line are in if no pod comes, in seconds.
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
