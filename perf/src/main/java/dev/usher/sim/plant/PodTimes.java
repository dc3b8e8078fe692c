package dev.usher.sim.plant;

/**
 * How long pods take.
 *
 * @param start seconds until a pod is ready, give or take an eighth; after a death as well
 * @param death seconds of too many requests in flight until it dies
 */
public record PodTimes(double start, double death) {
  /** Pods that run out of memory. */
  public static final PodTimes USUAL = new PodTimes(40, 3);

  /** By how much of it a start may be sooner or later. */
  static final double SPREAD = 0.125;

  private static final double PROBED_DEAD_SECONDS = 15;

  /** Pods that are killed when their liveness probe has failed three times, every 5 s. */
  public static PodTimes probed(double start) {
    return new PodTimes(start, PROBED_DEAD_SECONDS);
  }
}
