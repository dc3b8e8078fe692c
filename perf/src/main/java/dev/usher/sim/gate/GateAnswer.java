package dev.usher.sim.gate;

/**
 * What a visitor at the door is told.
 *
 * @param kind what they are told
 * @param askAgainSeconds when to come again, if they are to wait
 */
public record GateAnswer(Kind kind, double askAgainSeconds) {
  /** What a visitor may be told. */
  public enum Kind {
    COME_IN,
    WAIT,
    REFUSED
  }

  public static final GateAnswer COME_IN = new GateAnswer(Kind.COME_IN, 0);
  public static final GateAnswer REFUSED = new GateAnswer(Kind.REFUSED, 0);

  public static GateAnswer waitFor(double seconds) {
    return new GateAnswer(Kind.WAIT, seconds);
  }
}
