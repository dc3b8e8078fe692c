package dev.usher.room;

import dev.usher.room.Decision.TakeNumber;
import dev.usher.room.line.Arrivals;
import dev.usher.room.line.StandbyList;
import dev.usher.store.Place;
import dev.usher.token.ArrivalTicket;
import dev.usher.token.InLine;
import dev.usher.token.Ticket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Carries out {@link TakeNumber} with the store: the visitor gets a number, is admitted at once, or
 * stands by.
 */
final class Numbers {
  private final Room room;
  private final Arrivals arrivals;
  private final StandbyList standbyList;
  private final WaitAnswers waitAnswers;
  private final Vacancy vacancy = new Vacancy();
  private final Companions companions;

  Numbers(Room room, Arrivals arrivals, StandbyList standbyList, WaitAnswers waitAnswers) {
    this.room = room;
    this.arrivals = arrivals;
    this.standbyList = standbyList;
    this.waitAnswers = waitAnswers;
    this.companions = new Companions(place -> room.line().hasLeft(place));
  }

  /** The places that are free for visitors who would not wait. */
  Vacancy vacancy() {
    return vacancy;
  }

  /** What to do with a visitor whose token has no number that the store knows. */
  Decision without(InLine inLine, long now) {
    if (room.storeState() != StoreState.AWAY) {
      return new TakeNumber(inLine);
    }
    remember(inLine);
    return waitAnswers.forNumber(inLine, now);
  }

  /** Whichever replica gave this may be gone before it can tell the store. */
  private void remember(InLine inLine) {
    if (inLine instanceof ArrivalTicket arrival) {
      standbyList.remember(arrival);
    }
  }

  CompletionStage<Decision> give(TakeNumber d, long now) {
    InLine standsBy = d.standsBy();
    return standsBy == null
        ? companions
            .give(d, now, () -> d.waits() ? arrive(now) : comeIn(now))
            .thenApply(arrival -> arrived(arrival, d.waits(), now))
        : standBy(standsBy, now);
  }

  private CompletionStage<Arrivals.Arrival> arrive(long now) {
    return arrivals
        .arrive(now)
        .thenApply(
            arrival -> {
              if (arrival instanceof Arrivals.Numbered given) {
                room.counters().arrived(given.admitted());
              } else if (arrival instanceof Arrivals.Later) {
                room.counters().stoodBy();
              }
              return arrival;
            });
  }

  /** For a visitor who does not wait: a place now, or nothing at all. */
  private CompletionStage<Arrivals.Arrival> comeIn(long now) {
    if (!vacancy.take()) {
      return CompletableFuture.completedFuture(new Arrivals.None());
    }
    return arrivals
        .arrive(now)
        .thenApply(
            arrival -> {
              if (arrival instanceof Arrivals.Numbered given && given.admitted()) {
                room.counters().arrived(true);
                return arrival;
              }
              // Nobody waits for the store here: a visitor who is not heard from again is not
              // called.
              if (arrival instanceof Arrivals.Numbered given) {
                var unused = room.leave(given.ticket().place());
              } else if (arrival instanceof Arrivals.Later later) {
                standbyList.forget(later.ticket());
              }
              return new Arrivals.None();
            });
  }

  private Decision arrived(Arrivals.Arrival arrival, boolean waits, long now) {
    if (arrival instanceof Arrivals.Numbered given) {
      // Noted here as well, because the store may lose the number before anyone reads it there.
      Place place = given.ticket().place();
      if (given.admitted()) {
        return room.admitted(place, now);
      }
      room.waits(place);
      return waitAnswers.inLine(given.ticket(), now);
    }
    if (arrival instanceof Arrivals.Later later) {
      return waitAnswers.forNumber(later.ticket(), now);
    }
    return room.away(waits ? Decision.Why.LINE_TOO_LONG : Decision.Why.NOT_JOINED);
  }

  /** Asks whether the visitor has been given a number yet. */
  private CompletionStage<Decision> standBy(InLine inLine, long now) {
    return standbyList
        .find(inLine)
        .handle(
            (found, failure) -> {
              Place place = found == null ? null : found.place();
              if (failure != null) {
                StoreFailures.orThrow(failure);
                remember(inLine);
              }
              if (place == null) {
                return waitAnswers.forNumber(inLine, now);
              }
              long shown = inLine instanceof Ticket ticket ? ticket.lastShown() : Long.MAX_VALUE;
              room.waits(place);
              return waitAnswers.inLine(new Ticket(place, inLine.renewedAt(), shown), now);
            });
  }
}
