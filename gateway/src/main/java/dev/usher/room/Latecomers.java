package dev.usher.room;

import dev.usher.room.line.Together;
import dev.usher.store.Place;
import dev.usher.store.SessionStanding;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Visitors whose pass has expired and about whom the store is asked. However often one of them
 * asks, the store is asked at most once a second for each, and for no more than a fixed number of
 * them in all.
 */
final class Latecomers {
  /** Limit on the visitors asked about now or a moment ago; beyond it the store is not asked. */
  static final int MOST = 4096;

  /** How long an answer is believed, counted from when the question was asked. */
  static final long BELIEVED_MILLIS = 1000;

  private final Function<Place, CompletionStage<SessionStanding>> store;
  private final Together<Place, SessionStanding> asked =
      new Together<>((last, now) -> now - last.at() >= BELIEVED_MILLIS);

  /**
   * @param store tells what became of a session
   */
  Latecomers(Function<Place, CompletionStage<SessionStanding>> store) {
    this.store = store;
  }

  /** What the store said a moment ago; null if it was not asked or has not answered. */
  @Nullable SessionStanding known(Place place, long now) {
    Together.Asked<SessionStanding> last = asked.last(place, now);
    return last == null ? null : last.value();
  }

  /** Whether the store may be asked about one more place. */
  boolean mayAsk(Place place, long now) {
    Together.Asked<SessionStanding> last = asked.last(place, now);
    if (last != null) {
      // The question is on its way, or has failed: requests that come while the store is slow wait
      // for the same answer.
      return !last.answer().isDone();
    }
    return asked.keeps(place) || asked.size() < MOST || (asked.sweep(now) && asked.size() < MOST);
  }

  /** Asks the store, unless a question about this place is already on its way. */
  CompletionStage<SessionStanding> ask(Place place, long now) {
    return asked.ask(place, now, () -> store.apply(place));
  }

  /**
   * Forgets what the store said of a place that has been given up here, as it is no longer true.
   */
  void forget(Place place) {
    asked.forget(place);
  }
}
