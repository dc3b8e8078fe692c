package dev.usher.admission;

/**
 * The ready pods taken together.
 *
 * @param ready how many
 * @param warm how many, each counted by its warmth
 * @param headroom the share of their capacity that is used
 */
record Fleet(int ready, double warm, double headroom) {
  private static final double WARM = 0.95;

  static Fleet of(double[] warmth, int losses) {
    int ready = 0;
    double warm = 0;
    for (double each : warmth) {
      ready += each > 0 ? 1 : 0;
      warm += each;
    }
    return new Fleet(ready, warm, Headroom.of(ready, losses));
  }

  boolean isWarm() {
    return warm >= WARM * ready;
  }
}
