package dev.usher.sim.rival;

/**
 * Additive increase, multiplicative decrease: one more in flight while all goes well, a tenth less
 * when a request fails or takes too long.
 */
public final class Aimd implements LatencyLimit.Rule {
  private static final double START = 20;
  private static final double MOST = 10_000;
  private static final double BACK_OFF = 0.9;

  /** A request that takes longer counts as a failure; the usual setting. */
  private static final double TIMEOUT_SECONDS = 1;

  private double limit = START;

  @Override
  public void ended(double seconds, int inFlight, boolean answered) {
    if (!answered || seconds > TIMEOUT_SECONDS) {
      limit = Math.max(1, limit * BACK_OFF);
    } else if (inFlight * 2 >= limit) {
      limit = Math.min(MOST, limit + 1);
    }
  }

  @Override
  public double limit() {
    return limit;
  }
}
