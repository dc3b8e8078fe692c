package dev.usher.provision;

/**
 * A figure that follows measurements within a minute or two, and therefore no single one of them.
 */
final class Smoothed {
  private static final double MILLIS = 60_000;

  private double value;

  Smoothed(double value) {
    this.value = value;
  }

  /** Moves towards the measured value, by the time since the last tick. */
  void follow(double measured, long millis) {
    value += (measured - value) * (1 - Math.exp(-Math.max(0, millis) / MILLIS));
  }

  double value() {
    return value;
  }
}
