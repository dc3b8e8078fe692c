package dev.usher.forecast;

/**
 * How long somebody waits, at least and at most, as far as can be told: eight of ten waits are
 * meant to end within it.
 *
 * @param from milliseconds, at least 0
 * @param to milliseconds, at least {@code from}
 */
public record WaitRange(long from, long to) {
  public WaitRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "A range must begin at 0 or later and end after that but was " + from + " to " + to);
    }
  }

  /** The same wait if it begins so many milliseconds from now. */
  public WaitRange after(long millis) {
    return new WaitRange(from + millis, to + millis);
  }
}
