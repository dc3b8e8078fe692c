package dev.usher.sim.crowd;

/**
 * What visitors do besides opening pages.
 *
 * @param absences share of waiting visitors who silently go away for a while, and come back
 * @param unsafe share of requests that must not be sent twice
 * @param tries errors in a row after which they give up
 * @param retryLeast seconds until they try again after an error, at least
 * @param retryMost the same at most
 */
public record Habits(
    double absences, double unsafe, int tries, double retryLeast, double retryMost) {
  /** One request in ten places an order. */
  public static final Habits USUAL = new Habits(0, 0.1, 5, 1, 3);

  /** Those who want a ticket, as in {@code perf/story}. */
  public static final Habits EAGER = new Habits(0, 0.1, 6, 4, 8);

  /** With this share of absences. */
  public Habits absent(double share) {
    return new Habits(share, unsafe, tries, retryLeast, retryMost);
  }
}
