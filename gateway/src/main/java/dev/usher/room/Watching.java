package dev.usher.room;

import dev.usher.room.Decision.Admit;
import dev.usher.room.line.Arrivals;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * A room while it only watches: everyone goes on, and whoever can keep a pass gets one, so that
 * they are already inside when the room begins to guard. Nothing here waits for the store.
 */
public final class Watching {
  private final Room room;
  private final Gate gate;
  private final Arrivals arrivals;
  private final Spared spared = new Spared();

  Watching(Room room, Gate gate, Arrivals arrivals) {
    this.room = room;
    this.gate = gate;
    this.arrivals = arrivals;
  }

  /** Whether the room only watches. On the path of every request: one volatile read. */
  public boolean isOn() {
    return room.policy().observes();
  }

  /** Whether the visitor has no session, and goes on only because the room watches. */
  public boolean letsBy(Visitor visitor) {
    Pass pass = visitor.pass();
    return isOn() && (pass == null || gate.hasLeft(pass.place()));
  }

  /** Begins a session, whether or not there is a place for it, and gives up a place in the line. */
  public Admit begin(@Nullable InLine inLine, long now) {
    if (inLine instanceof Ticket ticket) {
      // Nobody waits for the store here: if it does not hear of this, nobody is present at that
      // place any more.
      var unused = room.leave(ticket.place());
    }
    room.counters().beganObserved();
    return room.admitted(arrivals.ownPlace(now), now);
  }

  /** What guarding would have done to the requests. */
  public Spared spared() {
    return spared;
  }
}
