package dev.usher.sim.crowd;

/**
 * What visitors do besides opening pages.
 *
 * @param absences share of those who wait that go away for a while without a word, and come back
 * @param unsafe share of requests that must not be sent twice
 */
public record Habits(double absences, double unsafe) {
  /** One request in ten orders something. */
  public static final Habits USUAL = new Habits(0, 0.1);
}
