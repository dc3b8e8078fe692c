package dev.usher.sim.gate;

/**
 * What somebody at the door is told.
 *
 * @param kind what
 * @param askAgainSeconds when to come again, if to wait
 */
public record Answer(Kind kind, double askAgainSeconds) {
  /** What somebody may be told. */
  public enum Kind {
    COME_IN,
    WAIT,
    REFUSED
  }

  public static final Answer COME_IN = new Answer(Kind.COME_IN, 0);
  public static final Answer REFUSED = new Answer(Kind.REFUSED, 0);

  public static Answer waitFor(double seconds) {
    return new Answer(Kind.WAIT, seconds);
  }
}
