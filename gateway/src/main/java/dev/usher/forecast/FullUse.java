package dev.usher.forecast;

/** The part of what a house bears that is in use while it is full and people wait. */
final class FullUse {
  /** A house that is used less is not full. */
  private static final double FULL = 0.88;

  private static final double ASSUMED = 0.98;
  private static final double FOLLOWS_MILLIS = 45_000;

  private double use = ASSUMED;
  private long at = Long.MIN_VALUE;

  double of(Headcount crowd, House house) {
    double now = crowd.sessions() / Math.max(1, house.latest().at(0));
    if (at != Long.MIN_VALUE && crowd.waiting() > 0 && now >= FULL) {
      double keep = Math.exp(-Math.max(0, crowd.now() - at) / FOLLOWS_MILLIS);
      use = keep * use + (1 - keep) * Math.min(1, now);
    }
    at = crowd.now();
    return use;
  }
}
