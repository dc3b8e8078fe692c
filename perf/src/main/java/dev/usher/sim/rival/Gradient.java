package dev.usher.sim.rival;

/**
 * As many in flight as the latency gradient allows: the ratio of long-term to current request time,
 * plus the square root of the limit for a queue.
 */
public final class Gradient implements LatencyLimit.Rule {
  private static final double START = 20;
  private static final double MOST = 10_000;
  private static final double TOLERANCE = 1.5;
  private static final double SMOOTHING = 0.2;
  private static final double LONG_WINDOW = 600;
  private static final double DRIFT = 0.95;

  private double limit = START;
  private double longTerm;

  @Override
  public void ended(double seconds, int inFlight, boolean answered) {
    double took = Math.max(1e-4, seconds);
    longTerm = longTerm == 0 ? took : longTerm + (took - longTerm) * 2 / (LONG_WINDOW + 1);
    if (longTerm / took > 2) {
      longTerm *= DRIFT; // after a bad time, the long-term value comes down again
    }
    if (inFlight < limit / 2) {
      return;
    }
    double gradient = Math.max(0.5, Math.min(1, TOLERANCE * longTerm / took));
    double wanted = limit * gradient + Math.sqrt(limit);
    limit = Math.max(1, Math.min(MOST, limit * (1 - SMOOTHING) + wanted * SMOOTHING));
  }

  @Override
  public double limit() {
    return limit;
  }
}
