package dev.usher.provision;

/** A figure that follows what is measured within a minute or two, and so no single measurement. */
final class Smoothed {
  private static final double MILLIS = 60_000;

  private double value;

  Smoothed(double value) {
    this.value = value;
  }

  /** Goes on to what was measured, by the time that went by since the last step. */
  void follow(double measured, long millis) {
    value += (measured - value) * (1 - Math.exp(-Math.max(0, millis) / MILLIS));
  }

  double value() {
    return value;
  }
}
