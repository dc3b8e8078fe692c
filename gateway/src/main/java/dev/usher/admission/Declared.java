package dev.usher.admission;

/**
 * What an operator says that one warm pod bears. Zero leaves a figure to be derived from the others
 * and from measurements.
 *
 * @param sessions sessions
 * @param requestsPerSecond requests a second
 * @param maxInFlight requests in flight
 * @param responseSeconds time to the first byte while not busy
 */
public record Declared(
    int sessions, double requestsPerSecond, int maxInFlight, double responseSeconds) {
  public Declared {
    if (sessions < 0 || requestsPerSecond < 0 || maxInFlight < 0 || responseSeconds < 0) {
      throw new IllegalArgumentException(
          "What a pod bears must be at least 0 but was "
              + sessions
              + ", "
              + requestsPerSecond
              + ", "
              + maxInFlight
              + ", "
              + responseSeconds);
    }
    if (sessions == 0 && requestsPerSecond == 0 && maxInFlight == 0) {
      throw new IllegalArgumentException(
          "One of sessions, requests per second and requests in flight must be declared");
    }
  }

  /**
   * The most by which any figure here exceeds the other's, as a factor, among those that both
   * declare; else 1.
   */
  public double timesAsMuchAs(Declared other) {
    double most =
        Math.max(
            times(sessions, other.sessions),
            Math.max(
                times(requestsPerSecond, other.requestsPerSecond),
                times(maxInFlight, other.maxInFlight)));
    return most > 0 ? most : 1;
  }

  private static double times(double mine, double other) {
    return mine > 0 && other > 0 ? mine / other : 0;
  }
}
