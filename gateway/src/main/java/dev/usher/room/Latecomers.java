package dev.usher.room;

import dev.usher.room.line.Together;
import dev.usher.store.Place;
import dev.usher.store.SessionStanding;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whom the store is asked for because their pass has run out. However often somebody asks, the
 * store is asked once a second for each of them, and for no more than so many a second in sum.
 */
final class Latecomers {
  /** Asked for at once or a moment ago; who comes beyond them is not asked for. */
  static final int MOST = 4096;

  /** So long an answer is believed, from when it was asked for. */
  static final long BELIEVED_MILLIS = 1000;

  private final Function<Place, CompletionStage<SessionStanding>> store;
  private final Together<Place, SessionStanding> asked =
      new Together<>((last, now) -> now - last.at() >= BELIEVED_MILLIS);

  /**
   * @param store tells what became of one
   */
  Latecomers(Function<Place, CompletionStage<SessionStanding>> store) {
    this.store = store;
  }

  /** What the store said a moment ago; null where it has not been asked, or not answered. */
  @Nullable SessionStanding known(Place place, long now) {
    Together.Asked<SessionStanding> last = asked.last(place, now);
    return last == null ? null : last.value();
  }

  /** Whether the store may be asked for one more. */
  boolean mayAsk(Place place, long now) {
    Together.Asked<SessionStanding> last = asked.last(place, now);
    if (last != null) {
      // On its way, or in vain: who comes while the store is slow waits for the same answer.
      return !last.answer().isDone();
    }
    return asked.keeps(place) || asked.size() < MOST || (asked.sweep(now) && asked.size() < MOST);
  }

  /** Asks, unless it has been asked for this one already. */
  CompletionStage<SessionStanding> ask(Place place, long now) {
    return asked.ask(place, now, () -> store.apply(place));
  }

  /** The place was given up here: what was said of it is not so any more. */
  void forget(Place place) {
    asked.forget(place);
  }
}
