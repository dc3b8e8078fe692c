package dev.usher.page;

import dev.usher.forecast.WaitRange;
import dev.usher.sale.Opening;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's standing with one room, as it is told to them.
 *
 * @param state what the visitor is to the room
 * @param ahead visitors ahead; {@link Long#MAX_VALUE} if unknown yet
 * @param askAgainMillis when to ask again, 0 for no need
 * @param paused whether admissions are paused
 * @param closed whether nothing is behind the room now, because no pod is ready
 * @param opening what the visitor gathers for; null while the room is open
 * @param limited whether the organiser limits how many come in
 * @param message what the organiser says, "" for nothing
 * @param range how long the visitor waits, from the opening on if there is one; null while that
 *     cannot be told
 */
public record Standing(
    State state,
    long ahead,
    long askAgainMillis,
    boolean paused,
    boolean closed,
    @Nullable Opening opening,
    boolean limited,
    String message,
    @Nullable WaitRange range) {
  /** The standing in a room that is not closed. */
  public Standing(State state, long ahead, long askAgainMillis, boolean paused) {
    this(state, ahead, askAgainMillis, paused, false, null, false, "", null);
  }

  /** What a visitor is to a room. */
  public enum State {
    /** In line. */
    WAITING,
    /** Their turn has come: only the claim remains. */
    CALLED,
    /** In line for what is sold out: nobody's turn comes unless that changes. */
    SOLD_OUT,
    /** Inside. */
    ADMITTED,
    /** Neither in line nor inside. */
    NONE
  }

  public static final Standing ADMITTED = new Standing(State.ADMITTED, 0, 0, false);
  public static final Standing NONE = new Standing(State.NONE, 0, 0, false);

  /**
   * Seconds until the next question, as the header Retry-After needs them: whole, and at least one.
   */
  public long retryAfterSeconds() {
    return Math.max(1, (askAgainMillis + 999) / 1000);
  }
}
