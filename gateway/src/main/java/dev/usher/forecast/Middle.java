package dev.usher.forecast;

/** Times by several guesses of different weights: their middle, and how far they are apart. */
final class Middle {
  private final double[] sums;
  private final double[] squares;

  Middle(int size) {
    sums = new double[size];
    squares = new double[size];
  }

  void add(double weight, double[] times) {
    for (int i = 0; i < times.length; i++) {
      double log = Math.log(Math.max(Double.MIN_NORMAL, times[i]));
      sums[i] += weight * log;
      squares[i] += weight * log * log;
    }
  }

  /** Infinite if it is by any guess. */
  double at(int i) {
    return Math.exp(sums[i]);
  }

  /** The square of the deviation, as a part of the time. */
  double variance(int i) {
    return Math.max(0, squares[i] - sums[i] * sums[i]);
  }
}
