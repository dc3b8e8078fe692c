package dev.usher.cli.drill.crowd;

import java.util.Locale;

/**
 * The time that one page of an admitted visitor took, their first page included.
 *
 * @param askedAt seconds from the start of the drill to the request
 * @param millis milliseconds from the request to the end of the answer
 */
public record PageTime(double askedAt, double millis) {
  public String csv() {
    return String.format(Locale.ROOT, "%.3f,%.3f", askedAt, millis);
  }
}
