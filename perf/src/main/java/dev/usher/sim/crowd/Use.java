package dev.usher.sim.crowd;

/**
 * The mean use of the capacity: of the possible sessions or of the possible requests, whichever is
 * nearer to its limit. While newcomers use up the requests, the sessions cannot be full.
 */
final class Use {
  private double ofSpared;
  private double ofAll;
  private int count;

  /**
   * Adds one second.
   *
   * @param sessions ratio of sessions to what could be carried
   * @param requests the same for requests
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
