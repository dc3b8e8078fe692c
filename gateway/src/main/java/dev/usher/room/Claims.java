package dev.usher.room;

import dev.usher.room.Decision.TakeNumber;
import dev.usher.store.Claim;
import dev.usher.store.QueueStore;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import java.util.concurrent.CompletionStage;

/** Called places become sessions, and sessions that nobody asked for are looked up. */
final class Claims {
  private final Room room;
  private final QueueStore store;
  private final Gate gate;
  private final Waiting waiting;

  Claims(Room room, QueueStore store, Gate gate, Waiting waiting) {
    this.room = room;
    this.store = store;
    this.gate = gate;
    this.waiting = waiting;
  }

  CompletionStage<Decision> claim(Ticket ticket, Intent intent, long now) {
    return store
        .claim(room.policy().queue(), ticket.place())
        .handle(
            (claim, failure) -> {
              if (claim == null) {
                Absence.orThrow(failure);
                return waiting.inLine(ticket, now);
              }
              room.tally().claimed(claim);
              waiting.told(claim, ticket.place(), now);
              if (claim == Claim.ADMITTED) {
                room.tally().claimTook(gate.sinceCalled(ticket.place()));
              }
              return claimed(claim, ticket, intent, now);
            });
  }

  private Decision claimed(Claim claim, Ticket ticket, Intent intent, long now) {
    return switch (claim) {
      case ADMITTED -> room.admitted(ticket.place(), now);
      case NOT_CALLED, FULL, PAUSED -> waiting.inLine(ticket.renewed(now), now);
      case HELD -> waiting.inLine(ticket, now);
      case OVER -> intent.takesNumber() ? new TakeNumber(null) : room.away(Decision.Why.NOT_JOINED);
      // The store has forgotten the epoch since this replica read the line.
      case UNKNOWN -> new TakeNumber(ticket);
    };
  }

  /** A place that was claimed before is admitted again for as long as its session is counted. */
  CompletionStage<Decision> resume(Decision.Resume d, long now) {
    Pass pass = d.pass();
    return store
        .claim(room.policy().queue(), pass.place())
        .handle(
            (claim, failure) -> {
              if (claim == Claim.ADMITTED) {
                return room.resumed(pass, now);
              }
              if (claim == null) {
                Absence.orThrow(failure);
              }
              room.afterVisit().isOver(pass.place(), now);
              return room.decide(d.visitor(), now);
            });
  }
}
