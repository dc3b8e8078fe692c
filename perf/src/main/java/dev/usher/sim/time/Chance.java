package dev.usher.sim.time;

import java.util.SplittableRandom;

/**
 * Randomness from a seed. Each concern and each visitor has its own, so that an additional draw in
 * one changes nothing in another: gates compared under one seed meet the same visitors.
 */
public final class Chance {
  private final long seed;
  private final SplittableRandom random;

  public Chance(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /**
   * The randomness of one part of this one's subject. It does not depend on draws from this one.
   */
  public Chance of(String concern) {
    return of(concern.hashCode());
  }

  /** As {@link #of(String)}, for one of many alike. */
  public Chance of(long which) {
    return new Chance(mixed(seed * 0x9e3779b97f4a7c15L + which));
  }

  /** A step of SplitMix64. */
  static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  public double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A random number from 0 to one less than this. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  public boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** Exponentially distributed. */
  public double waiting(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  /** Log-normally distributed; {@code cv} is the standard deviation divided by the mean. */
  public double skewed(double mean, double cv) {
    double variance = Math.log(1 + cv * cv);
    // Box-Muller, using one of the two values: a draw must not depend on earlier draws.
    double normal =
        Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
            * Math.cos(2 * Math.PI * random.nextDouble());
    return mean * Math.exp(normal * Math.sqrt(variance) - variance / 2);
  }

  /** Geometrically distributed: 1, 2, ... with this mean, which is at least 1. */
  public int times(double mean) {
    if (mean <= 1) {
      return 1;
    }
    double more = 1 - 1 / mean;
    return 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(more));
  }
}
