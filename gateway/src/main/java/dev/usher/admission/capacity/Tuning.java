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
 */
public record Tuning(
    long warmUpMillis,
    int warmUpRequests,
    double coldShare,
    double startAt,
    double learnUpTo,
    int surviveLossOf,
    double overOffer) {
  /** Between the first and the second compiler of a JVM; see docs/configuration.md. */
  public static final Tuning DEFAULT = new Tuning(60_000, 1500, 0.1, 0.5, 1.0, 1, 0.4);

  public Tuning {
    within("warmUpMillis", (double) warmUpMillis, 0, 3_600_000);
    within("warmUpRequests", warmUpRequests, 0, 10_000_000);
    within("coldShare", coldShare, 0.01, 1);
    within("startAt", startAt, Correction.LEAST, 1);
    within("learnUpTo", learnUpTo, 1, 2);
    within("surviveLossOf", surviveLossOf, 0, 1000);
    within("overOffer", overOffer, 0, 0.9);
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + " but was " + value);
    }
  }
}
