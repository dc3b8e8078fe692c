package dev.usher.sim.crowd;

/**
 * How much of the capacity is used, in the mean: of the sessions and the requests that could be
 * borne, by whichever is nearer to its limit. Where newcomers use up the requests the sessions
 * cannot be full.
 */
final class Use {
  private double ofSpared;
  private double ofAll;
  private int count;

  /**
   * Takes in one second.
   *
   * @param sessions sessions by what could be borne
   * @param requests requests, likewise
   * @param spare the share that may be used
   */
  void add(double sessions, double requests, double spare) {
    double used = Math.max(sessions, requests);
    ofAll += used;
    ofSpared += used / spare;
    count++;
  }

  double ofSpared() {
    return count == 0 ? Double.NaN : ofSpared / count;
  }

  double ofAll() {
    return count == 0 ? Double.NaN : ofAll / count;
  }
}
