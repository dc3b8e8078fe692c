package dev.usher.room;

import dev.usher.room.Decision.Admit;
import dev.usher.room.Decision.ClaimPlace;
import dev.usher.room.Decision.TakeNumber;
import dev.usher.room.Decision.TurnAway;
import dev.usher.room.Decision.Wait;
import dev.usher.store.Claim;
import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A waiting room, as this replica keeps it: what happens to each visitor. Safe for any thread; who
 * waits and who is inside is decided here without a lock and without the store.
 */
public final class Room {
  private final RoomPolicy policy;
  private final QueueStore store;
  private final Gate gate = new Gate();
  private final Presence presence;
  private final Arrivals arrivals;
  private final Polling polling;
  private final Tally tally = new Tally();
  private volatile Soon soon = Soon.UNKNOWN;

  public Room(RoomPolicy policy, QueueStore store) {
    this.policy = policy;
    this.store = store;
    this.presence = new Presence(policy.queue(), store);
    this.arrivals = new Arrivals(policy.queue(), store);
    this.polling = new Polling(policy);
  }

  /**
   * What to do with one request. On the path of every request: no store, no lock.
   *
   * @param now milliseconds since 1970
   */
  public Decision decide(Visitor visitor, long now) {
    Pass pass = visitor.pass();
    if (pass != null && !gate.hasLeft(pass.place())) {
      presence.isInside(pass.place());
      return renewed(pass, now);
    }
    Ticket ticket = visitor.ticket();
    if (ticket != null && !gate.isOver(ticket.place())) {
      presence.waits(ticket.place());
      return gate.isOpenTo(ticket.place()) && visitor.intent().claims()
          ? new ClaimPlace(ticket)
          : waits(ticket, now);
    }
    if (!visitor.intent().takesNumber()) {
      return away(Decision.Why.NOT_JOINED);
    }
    return gate.line().counts().waiting() >= policy.waitingMax()
        ? away(Decision.Why.LINE_TOO_LONG)
        : new TakeNumber();
  }

  private Admit renewed(Pass pass, long now) {
    if (now - pass.issuedAt() < policy.renewAfter().toMillis()) {
      return new Admit(pass, false);
    }
    Pass fresh = pass(pass.place(), pass.admittedAt(), now);
    return fresh.expiresAt() > pass.expiresAt() ? new Admit(fresh, true) : new Admit(pass, false);
  }

  private Pass pass(Place place, long admittedAt, long now) {
    long end = admittedAt + policy.sessionMax().toMillis();
    // Replicas' clocks differ: a pass of the future is renewed from its own time on.
    long issued = Math.max(now, admittedAt);
    return new Pass(
        place, admittedAt, issued, Math.max(issued, Math.min(issued + lifeMillis(), end)));
  }

  private long lifeMillis() {
    return policy.passLife().toMillis();
  }

  private Wait waits(Ticket ticket, long now) {
    boolean called = gate.isOpenTo(ticket.place());
    Ticket told = ticket.shown(called ? 0 : gate.ahead(ticket.place()));
    // Before this replica knows the queue, nobody is told that nobody is ahead.
    long ahead = told.lastShown();
    long chance = ticket.place().number() * 31 + now;
    long again = polling.askAgainIn(called ? 0 : ahead, gate.pace(), soon, chance);
    return new Wait(told, ahead, called, again, gate.line().paused());
  }

  private TurnAway away(Decision.Why why) {
    tally.turnAway(why);
    return new TurnAway(why);
  }

  /** Gives the visitor a number, or admits at once. Carries out {@link TakeNumber}. */
  public CompletionStage<Decision> arrive(long now) {
    return arrivals
        .arrive()
        .handle(
            (arrival, failure) -> {
              if (failure != null) {
                return away(orThrow(failure));
              }
              if (arrival == null) {
                return away(Decision.Why.LINE_TOO_LONG);
              }
              tally.arrived(arrival.admitted());
              return arrival.admitted()
                  ? new Admit(pass(arrival.place(), now, now), true)
                  : waits(new Ticket(arrival.place(), now, Long.MAX_VALUE), now);
            });
  }

  /** Claims the called place. Carries out {@link ClaimPlace}. */
  public CompletionStage<Decision> claim(Ticket ticket, Intent intent, long now) {
    return store
        .claim(policy.queue(), ticket.place())
        .handle(
            (claim, failure) -> {
              if (claim == null) {
                orThrow(failure);
                return waits(ticket, now);
              }
              tally.claimed(claim);
              if (claim == Claim.ADMITTED) {
                tally.claimTook(gate.sinceCalled(ticket.place()));
              }
              return claimed(claim, ticket, intent, now);
            });
  }

  private Decision claimed(Claim claim, Ticket ticket, Intent intent, long now) {
    return switch (claim) {
      case ADMITTED -> new Admit(pass(ticket.place(), now, now), true);
      case NOT_CALLED, FULL, PAUSED -> waits(ticket, now);
      case OVER, UNKNOWN -> intent.takesNumber() ? new TakeNumber() : away(Decision.Why.NOT_JOINED);
    };
  }

  /** Gives up the place, or ends its session. */
  public CompletionStage<Void> leave(Place place) {
    tally.left();
    return store.leave(policy.queue(), place);
  }

  /** Only an absent store is an answer; everything else is our own fault, and stays one. */
  private static Decision.Why orThrow(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StoreUnavailableException) {
      return Decision.Why.STORE_AWAY;
    }
    throw new IllegalStateException("The store failed in a way it does not promise", cause);
  }

  /** Tells the store who was seen here. */
  CompletionStage<Void> tellPresence() {
    return presence.tell();
  }

  /** Takes over what is free now. */
  void expect(Soon places) {
    soon = places;
  }

  void refresh(Line line) {
    gate.refresh(line);
  }

  public RoomPolicy policy() {
    return policy;
  }

  /** The queue as this replica knows it. */
  public Line line() {
    return gate.line();
  }

  /** Visitors called a second, lately. */
  public double pace() {
    return gate.pace();
  }

  public Tally tally() {
    return tally;
  }
}
