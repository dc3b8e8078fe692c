package dev.usher.sim.gate;

import dev.usher.forecast.WaitRange;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor at the door is told.
 *
 * @param kind what they are told
 * @param askAgainSeconds when to come again, if they are to wait
 * @param told how long they are told that they wait; null if they are not told
 */
public record GateAnswer(Kind kind, double askAgainSeconds, @Nullable WaitRange told) {
  /** What a visitor may be told. */
  public enum Kind {
    COME_IN,
    WAIT,
    REFUSED
  }

  public static final GateAnswer COME_IN = new GateAnswer(Kind.COME_IN, 0, null);
  public static final GateAnswer REFUSED = new GateAnswer(Kind.REFUSED, 0, null);

  public static GateAnswer waitFor(double seconds) {
    return new GateAnswer(Kind.WAIT, seconds, null);
  }

  /** To wait, and told how long. */
  public static GateAnswer waitFor(double seconds, @Nullable WaitRange told) {
    return new GateAnswer(Kind.WAIT, seconds, told);
  }
}
