package dev.usher.edge;

import dev.usher.proxy.turn.Turn;
import dev.usher.room.Decision;
import dev.usher.store.Place;
import dev.usher.token.Pass;
import org.jspecify.annotations.Nullable;

/** How many requests of one whose session is over are on their way at once. */
final class LastTurns {
  /** Of one who said goodbye: a page's parts come slowly. */
  private static final int AFTER_END = 2;

  private LastTurns() {}

  /** The one form that finishes a visit has a line of its own. */
  private record Form(Place of) {}

  /**
   * The turn of such a request.
   *
   * @param former the pass that it shows, where that is over
   */
  static Turn of(RoomEndpoint door, Place of, Decision.Leave leave, @Nullable Pass former) {
    if (leave != Decision.Leave.FINISHING) {
      return Turn.ofSession(door.turns(), of, AFTER_END);
    }
    if (former == null || door.namesFinish()) {
      return Turn.ofSession(door.turns(), of, door.route().bounds().inFlight());
    }
    // All of a crowd were let by before the first was answered.
    return Turn.ofOne(door.turns(), new Form(of), () -> door.room().afterVisit().isEnded(former));
  }
}
