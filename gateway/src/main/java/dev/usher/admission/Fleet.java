package dev.usher.admission;

/**
 * The ready pods taken together.
 *
 * @param ready how many
 * @param warm how many, each counted by its warmth
 * @param strength the same, each counted by what it bears besides, where that is not as any other
 * @param headroom the share of their capacity that is used
 */
record Fleet(int ready, double warm, double strength, double headroom) {
  private static final double WARM = 0.95;

  /**
   * @param strengths what each bears when warm, as a share of what a pod does as a rule
   */
  static Fleet of(double[] warmth, double[] strengths, int losses) {
    int ready = 0;
    double warm = 0;
    double strength = 0;
    for (int i = 0; i < warmth.length; i++) {
      ready += warmth[i] > 0 ? 1 : 0;
      warm += warmth[i];
      strength += warmth[i] * strengths[i];
    }
    return new Fleet(ready, warm, strength, Headroom.of(ready, losses));
  }

  boolean isWarm() {
    return warm >= WARM * ready;
  }
}
