package dev.usher.page;

import dev.usher.forecast.WaitRange;
import dev.usher.sale.Countdown;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's standing with one room, as it is told to them.
 *
 * @param state what the visitor is to the room
 * @param ahead visitors ahead; {@link Long#MAX_VALUE} if unknown yet
 * @param askAgainMillis when to ask again, 0 for no need
 * @param halt why nobody comes in at the moment
 * @param countdown what the visitor gathers for; null while the room is open
 * @param limited whether the organiser limits how many come in
 * @param message what the organiser says, "" for nothing
 * @param range how long the visitor waits, from the opening on if there is one; null while that
 *     cannot be told
 */
public record Standing(
    State state,
    long ahead,
    long askAgainMillis,
    Halt halt,
    @Nullable Countdown countdown,
    boolean limited,
    String message,
    @Nullable WaitRange range) {
  /** The standing in a room that is open, and whose people come in. */
  public Standing(State state, long ahead, long askAgainMillis) {
    this(state, ahead, askAgainMillis, Halt.NONE, null, false, "", null);
  }

  /** Why nobody comes in, whatever their place. The first that holds is told. */
  public enum Halt {
    /** They do. */
    NONE,
    /** A fault of Usher's: its store is away, or brings back what it lost. */
    FAULT,
    /** An operator's pause. */
    PAUSED,
    /** Nothing is behind the room now, because no pod is ready. */
    NO_POD
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
    /** In line, in another browser than the one that asks. */
    MOVED,
    /** Neither in line nor inside. */
    NONE
  }

  public static final Standing ADMITTED = new Standing(State.ADMITTED, 0, 0);
  public static final Standing MOVED = new Standing(State.MOVED, 0, 0);
  public static final Standing NONE = new Standing(State.NONE, 0, 0);

  /** Whether nothing will be new to the one who asks. */
  public boolean isForGood() {
    return state == State.NONE || state == State.MOVED;
  }

  /**
   * Seconds until the next question, as the header Retry-After needs them: whole, and at least one.
   */
  public long retryAfterSeconds() {
    return Math.max(1, (askAgainMillis + 999) / 1000);
  }
}
