package dev.usher.admission.capacity;

/**
 * The share of the pods' capacity that is used (eta). Losing one of N multiplies the load of the
 * others by N/(N-1), so at most 1-1/N is used; and since visitors do not come evenly, at most 0.9.
 */
public final class Headroom {
  private static final double MOST = 0.9;
  private static final double OF_TWO = 0.6;
  private static final double LEAST = 0.5;

  private Headroom() {}

  /**
   * The share; 0 without pods.
   *
   * @param ready pods that are ready
   * @param losses pods whose loss the others must bear
   */
  public static double of(int ready, int losses) {
    if (ready == 0) {
      return 0;
    }
    double bearing = 1 - losses / (double) ready;
    // One or two pods cannot bear the loss of one: there, what is left free is only for chance.
    double least = ready == 2 ? OF_TWO : LEAST;
    return Math.min(MOST, Math.max(least, bearing));
  }
}
