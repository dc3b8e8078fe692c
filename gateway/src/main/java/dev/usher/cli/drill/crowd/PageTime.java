package dev.usher.cli.drill.crowd;

import java.util.Locale;

/**
 * How long one page of an admitted visitor took, their first included.
 *
 * @param askedAt seconds from the start of the drill to the question
 * @param millis from the question to the end of the answer
 */
public record PageTime(double askedAt, double millis) {
  public String csv() {
    return String.format(Locale.ROOT, "%.3f,%.3f", askedAt, millis);
  }
}
