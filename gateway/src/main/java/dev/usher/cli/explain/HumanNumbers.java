package dev.usher.cli.explain;

import java.util.Locale;

/** The formatting of numbers for people. */
final class HumanNumbers {
  private HumanNumbers() {}

  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String rounded(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.1f", value);
  }

  static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  /** A length of time in whole seconds, or in minutes if it is long. */
  static String time(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
  }

  /** A length of time in seconds, or in milliseconds below one second. */
  static String seconds(double seconds) {
    if (seconds > 0 && seconds < 1) {
      return Math.round(1000 * seconds) + " ms";
    }
    return (seconds < 10 ? rounded(seconds) : whole(Math.round(seconds))) + " s";
  }
}
