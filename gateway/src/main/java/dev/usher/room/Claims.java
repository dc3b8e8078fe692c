package dev.usher.room;

import dev.usher.room.Decision.TakeNumber;
import dev.usher.store.Claim;
import dev.usher.store.QueueStore;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import java.util.concurrent.CompletionStage;

/**
 * The two questions about a place that go to the store: claiming a called one, and whether an
 * expired pass still has a session.
 */
final class Claims {
  private final Room room;
  private final QueueStore store;
  private final Gate gate;
  private final WaitAnswers waitAnswers;
  private final Latecomers late;

  Claims(Room room, QueueStore store, Gate gate, WaitAnswers waitAnswers) {
    this.room = room;
    this.store = store;
    this.gate = gate;
    this.waitAnswers = waitAnswers;
    this.late = new Latecomers(place -> store.stay(room.policy().queue(), place));
  }

  /** The visitors whose expired passes are looked up in the store. */
  Latecomers late() {
    return late;
  }

  CompletionStage<Decision> claim(Ticket ticket, Intent intent, long now) {
    return store
        .claim(room.policy().queue(), ticket.place())
        .handle(
            (claim, failure) -> {
              if (claim == null) {
                StoreFailures.orThrow(failure);
                return waitAnswers.inLine(ticket, now);
              }
              room.counters().claimed(claim);
              waitAnswers.told(claim, ticket.place(), now);
              if (claim == Claim.ADMITTED) {
                room.counters().claimTook(gate.sinceCalled(ticket.place()));
              }
              return claimed(claim, ticket, intent, now);
            });
  }

  private Decision claimed(Claim claim, Ticket ticket, Intent intent, long now) {
    return switch (claim) {
      case ADMITTED -> room.admitted(ticket.place(), now);
      case NOT_CALLED, FULL, PAUSED -> waitAnswers.inLine(ticket.renewed(now), now);
      case HELD -> waitAnswers.inLine(ticket, now);
      case INSIDE -> inside(ticket, intent, now);
      case OVER -> over(ticket, intent);
      // The store has forgotten the epoch since this replica read the line.
      case UNKNOWN -> new TakeNumber(ticket);
    };
  }

  /**
   * A ticket that was used opens no second session. No pass tells when the first began: not later
   * than when the ticket would have been renewed.
   */
  private Decision inside(Ticket ticket, Intent intent, long now) {
    long began = Math.min(now, ticket.renewedAt() + InLine.RENEW_MILLIS);
    return now - began < room.policy().sessionMax().toMillis()
        ? room.admittedSince(ticket.place(), began, now)
        : over(ticket, intent);
  }

  private Decision over(Ticket ticket, Intent intent) {
    return intent.takesNumber()
        ? new TakeNumber(null, true, ticket.place())
        : room.away(Decision.Why.NOT_JOINED);
  }

  /** Resumes a session that is still counted by issuing a new pass. */
  CompletionStage<Decision> resume(Decision.Resume d, long now) {
    Pass pass = d.pass();
    return late.ask(pass.place(), now)
        .handle(
            (stay, failure) -> {
              if (stay == null) {
                StoreFailures.orThrow(failure);
              }
              Decision over = room.afterVisit().told(d.visitor(), pass, stay, now);
              return over == null ? room.anew(d.visitor(), now) : over;
            });
  }
}
