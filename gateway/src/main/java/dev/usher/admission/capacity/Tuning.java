package dev.usher.admission.capacity;

/**
 * How careful the controller is.
 *
 * @param warmUpMillis time after which a pod is warm, at the earliest
 * @param warmUpRequests answers after which a pod is warm, at the earliest
 * @param coldShare share of a warm pod's work that a cold one can do, above 0, at most 1
 * @param startAt share of the declared capacity that is trusted before it is proven, 0.3 to 1
 * @param learnUpTo the factor beyond the declared that may be tried at a time, from 1, which is not
 *     at all, to 2
 * @param surviveLossOf pods whose sudden loss the others must bear
 * @param overOffer highest share of no-shows that is made up for, 0 to 0.9
 * @param callShare share of a warm pod's requests a second with which cold ones are called, 0 to
 *     {@link #CALLS_MOST}; 0 if none is called
 * @param callMillis time after which a pod is called no more, however cold it is
 */
public record Tuning(
    long warmUpMillis,
    int warmUpRequests,
    double coldShare,
    double startAt,
    double learnUpTo,
    int surviveLossOf,
    double overOffer,
    double callShare,
    long callMillis) {
  /** A cold pod bears less than a warm one, and is to get warm, not to be overrun. */
  public static final double CALLS_MOST = 0.3;

  /** Between the first and the second compiler of a JVM; see docs/configuration.md. */
  public static final Tuning DEFAULT = new Tuning(60_000, 1500, 0.1, 0.5, 1.0, 1, 0.4);

  /** Of an upstream whose pods are warmed by visitors alone. */
  // Rule zero: the whole without what most upstreams do not have.
  public Tuning(
      long warmUpMillis,
      int warmUpRequests,
      double coldShare,
      double startAt,
      double learnUpTo,
      int surviveLossOf,
      double overOffer) {
    this(
        warmUpMillis,
        warmUpRequests,
        coldShare,
        startAt,
        learnUpTo,
        surviveLossOf,
        overOffer,
        0,
        0);
  }

  /** The same, with pods that are called before visitors come to them. */
  public Tuning calling(double share, long millis) {
    return new Tuning(
        warmUpMillis,
        warmUpRequests,
        coldShare,
        startAt,
        learnUpTo,
        surviveLossOf,
        overOffer,
        share,
        millis);
  }

  public Tuning {
    within("warmUpMillis", (double) warmUpMillis, 0, 3_600_000);
    within("warmUpRequests", warmUpRequests, 0, 10_000_000);
    within("coldShare", coldShare, 0.01, 1);
    within("startAt", startAt, Correction.LEAST, 1);
    within("learnUpTo", learnUpTo, 1, 2);
    within("surviveLossOf", surviveLossOf, 0, 1000);
    within("overOffer", overOffer, 0, 0.9);
    within("callShare", callShare, 0, CALLS_MOST);
    within("callMillis", (double) callMillis, 0, 3_600_000);
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + " but was " + value);
    }
  }
}
