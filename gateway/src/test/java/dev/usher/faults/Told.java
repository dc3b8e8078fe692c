package dev.usher.faults;

import dev.usher.store.Place;
import org.jspecify.annotations.Nullable;

/**
 * What one visitor was told once, or that nobody answered.
 *
 * @param visitor who asked
 * @param ask what was asked
 * @param replica who was asked
 * @param askedAt when, in milliseconds since the start of the run
 * @param answeredAt when the answer had come, likewise
 * @param answer what was answered
 * @param place the place that the visitor's ticket or pass stands for after it; null for none
 */
record Told(
    int visitor,
    Ask ask,
    int replica,
    long askedAt,
    long answeredAt,
    Answer answer,
    @Nullable Place place) {

  /** What a visitor can ask. */
  enum Ask {
    JOIN,
    POLL,
    CLAIM,
    BROWSE,
    LEAVE
  }

  /** How a visitor then stands. */
  enum State {
    WAITING,
    CALLED,
    ADMITTED,
    /** Neither in line nor inside: a place, if there was one, is lost. */
    NONE,
    /** The answer tells no standing, such as 503. */
    UNTOLD,
    /** There was no answer. */
    SILENCE
  }

  /**
   * An answer.
   *
   * @param status of HTTP; 0 for none
   * @param ahead visitors before this one; -1 when not told
   * @param againMillis when to ask again; 0 when not told
   * @param paused whether admissions were said to be paused
   */
  record Answer(int status, State state, long ahead, long againMillis, boolean paused) {
    static final Answer SILENCE = new Answer(0, State.SILENCE, -1, 0, false);
  }

  boolean is(State state) {
    return answer.state() == state;
  }

  boolean isWaitingBehindSomeone() {
    return is(State.WAITING) && answer.ahead() > 0;
  }

  @Override
  public String toString() {
    return String.format(
        "%d ms: visitor %d asked replica %d to %s and after %d ms had %d %s%s%s, place %s",
        askedAt,
        visitor,
        replica,
        ask,
        answeredAt - askedAt,
        answer.status(),
        answer.state(),
        answer.ahead() < 0 ? "" : " behind " + answer.ahead(),
        answer.paused() ? " (paused)" : "",
        place);
  }
}
