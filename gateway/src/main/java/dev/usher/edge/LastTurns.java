package dev.usher.edge;

import dev.usher.proxy.turn.Turn;
import dev.usher.room.Decision;
import dev.usher.store.Place;
import dev.usher.token.Pass;
import org.jspecify.annotations.Nullable;

/** The turns of requests whose session is over: how many may be on their way at once. */
final class LastTurns {
  /** For a session that has said farewell: its page's parts may load slowly. */
  private static final int AFTER_END = 2;

  private LastTurns() {}

  /** The key of the one form that finishes a visit, which has a line of its own. */
  private record Form(Place of) {}

  /**
   * The turn of such a request.
   *
   * @param former the pass that the request shows, if its session is over
   */
  static Turn of(RoomEndpoint door, Place of, Decision.Leave leave, @Nullable Pass former) {
    if (leave != Decision.Leave.FINISHING) {
      return Turn.ofSession(door.turns(), of, AFTER_END);
    }
    if (former == null || door.namesFinish()) {
      return Turn.ofSession(door.turns(), of, door.route().bounds().inFlight());
    }
    // Otherwise, in a crowd of copies, all would be let by before the first was answered.
    return Turn.ofOne(door.turns(), new Form(of), () -> door.room().afterVisit().isEnded(former));
  }
}
