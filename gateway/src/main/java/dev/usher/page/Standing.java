package dev.usher.page;

/**
 * How one visitor stands with one room, as it is told to them.
 *
 * @param state what they are to the room
 * @param ahead visitors before them; {@link Long#MAX_VALUE} when not known yet
 * @param askAgainMillis when to ask again, 0 for no need
 * @param paused whether admissions are paused
 * @param closed whether nothing is behind the room now: no pod is ready
 */
public record Standing(
    State state, long ahead, long askAgainMillis, boolean paused, boolean closed) {
  /** Of a room with something behind it. */
  public Standing(State state, long ahead, long askAgainMillis, boolean paused) {
    this(state, ahead, askAgainMillis, paused, false);
  }

  /** What a visitor is to a room. */
  public enum State {
    /** In line. */
    WAITING,
    /** Their turn has come: they need only claim. */
    CALLED,
    /** Inside. */
    ADMITTED,
    /** Neither in line nor inside. */
    NONE
  }

  public static final Standing ADMITTED = new Standing(State.ADMITTED, 0, 0, false);
  public static final Standing NONE = new Standing(State.NONE, 0, 0, false);

  /** Seconds until the next question, as the header Retry-After has them: whole, at least one. */
  public long retryAfterSeconds() {
    return Math.max(1, (askAgainMillis + 999) / 1000);
  }
}
