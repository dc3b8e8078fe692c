package dev.usher.room;

import dev.usher.room.Decision.TakeNumber;
import dev.usher.store.Place;
import dev.usher.token.InLine;
import dev.usher.token.Ticket;
import java.util.concurrent.CompletionStage;

/** Who shall have a number gets one, is admitted at once, or stands by. Asks the store. */
final class Numbers {
  private final Room room;
  private final Arrivals arrivals;
  private final Standbys standbys;
  private final Waiting waiting;

  Numbers(Room room, Arrivals arrivals, Standbys standbys, Waiting waiting) {
    this.room = room;
    this.arrivals = arrivals;
    this.standbys = standbys;
    this.waiting = waiting;
  }

  CompletionStage<Decision> give(TakeNumber d, long now) {
    InLine standsBy = d.standsBy();
    return standsBy == null ? arrive(d.waits(), now) : standBy(standsBy, now);
  }

  private CompletionStage<Decision> arrive(boolean waits, long now) {
    return arrivals
        .arrive(now)
        .thenApply(
            arrival -> {
              if (arrival instanceof Arrivals.Numbered given) {
                return numbered(given, waits, now);
              }
              if (arrival instanceof Arrivals.Later later) {
                room.tally().stoodBy();
                return waiting.forNumber(later.ticket(), now);
              }
              return room.away(Decision.Why.LINE_TOO_LONG);
            });
  }

  private Decision numbered(Arrivals.Numbered given, boolean waits, long now) {
    Place place = given.ticket().place();
    if (!given.admitted() && !waits) {
      // Nobody waits for the store: whoever is not heard of again is not called.
      var unused = room.leave(place);
      return room.away(Decision.Why.NOT_JOINED);
    }
    room.tally().arrived(given.admitted());
    // Noted here too: the store may lose the number before anybody reads it there.
    if (given.admitted()) {
      return room.admitted(place, now);
    }
    room.waits(place);
    return waiting.inLine(given.ticket(), now);
  }

  /** Asks whether the visitor has a number by now. */
  private CompletionStage<Decision> standBy(InLine inLine, long now) {
    return standbys
        .find(inLine)
        .handle(
            (found, failure) -> {
              Place place = found == null ? null : found.place();
              if (place == null) {
                Absence.orThrow(failure);
                return waiting.forNumber(inLine, now);
              }
              long shown = inLine instanceof Ticket ticket ? ticket.lastShown() : Long.MAX_VALUE;
              room.waits(place);
              return waiting.inLine(new Ticket(place, inLine.renewedAt(), shown), now);
            });
  }
}
