package dev.usher.sim.crowd;

/**
 * What visitors do besides opening pages.
 *
 * @param absences share of waiting visitors who silently go away for a while, and come back
 * @param unsafe share of requests that must not be sent twice
 */
public record Habits(double absences, double unsafe) {
  /** One request in ten places an order. */
  public static final Habits USUAL = new Habits(0, 0.1);
}
