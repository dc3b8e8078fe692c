package dev.usher.helm.cluster;

import java.util.Locale;

/** Prints what was measured, so that a table can be made of it. */
final class Measured {
  private Measured() {}

  static void say(String format, Object... values) {
    System.out.println("MEASURED: " + String.format(Locale.ROOT, format, values));
  }
}
