package dev.usher.visit;

import dev.usher.store.Place;
import dev.usher.visit.VisitAnswer.State;
import org.jspecify.annotations.Nullable;

/**
 * What one visitor was told once, or that nobody answered.
 *
 * @param visitor who asked
 * @param ask what was asked
 * @param door who was asked, by number
 * @param askedAt when, in milliseconds of the crowd's clock
 * @param answeredAt when the answer had come, likewise
 * @param answer what was answered
 * @param place the place that the visitor's ticket or pass stands for after it; null for none
 */
public record DiaryEntry(
    int visitor,
    Ask ask,
    int door,
    long askedAt,
    long answeredAt,
    VisitAnswer answer,
    @Nullable Place place) {

  public boolean is(State state) {
    return answer.state() == state;
  }

  /** The number of its place; 0 for none. */
  public long number() {
    return place == null ? 0 : place.number();
  }

  /** Whoever is not told how many are ahead has no number for now, and no order is known yet. */
  boolean isWaitingInOrder() {
    return is(State.WAITING) && answer.ahead() >= 0;
  }

  @Override
  public String toString() {
    return String.format(
        "%d ms: visitor %d asked replica %d to %s and after %d ms had %d %s%s%s, place %s%s",
        askedAt,
        visitor,
        door,
        ask,
        answeredAt - askedAt,
        answer.status(),
        answer.state(),
        answer.ahead() < 0 ? "" : " behind " + answer.ahead(),
        answer.paused() ? " (paused)" : "",
        place,
        answer.error() == null ? "" : ": " + answer.error());
  }
}
