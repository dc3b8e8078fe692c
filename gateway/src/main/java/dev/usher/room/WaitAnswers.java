package dev.usher.room;

import dev.usher.room.Decision.Wait;
import dev.usher.store.Claim;
import dev.usher.store.Place;
import dev.usher.token.InLine;
import dev.usher.token.Ticket;

/** What those who wait are told: how many are before them, and when to ask again. */
final class WaitAnswers {
  private final Gate gate;
  private final Refusals refusals = new Refusals();
  private volatile Polling polling;
  private volatile FreePlaces free = FreePlaces.UNKNOWN;
  private volatile boolean held;

  WaitAnswers(Gate gate, RoomPolicy policy) {
    this.gate = gate;
    this.polling = new Polling(policy);
  }

  /** Tells times by this policy from now on. */
  void reconfigure(RoomPolicy policy) {
    polling = new Polling(policy);
  }

  /** Takes over what is free now. */
  void expect(FreePlaces changed) {
    free = changed;
  }

  /** Unless the store is in good contact nobody comes in. */
  void storeIs(StoreState now) {
    held = now != StoreState.GOOD;
  }

  /** Whether the place is called, and a claim of it may be more than another refusal. */
  boolean mayAsk(Place place, long now) {
    return gate.isOpenTo(place) && (gate.isWorthAsking(place) || !refusals.lately(place, now));
  }

  /** Somebody claimed, and was told so. */
  void told(Claim claim, Place place, long now) {
    if (claim == Claim.FULL) {
      refusals.told(place, now);
    }
  }

  /** For who has a number. */
  Wait inLine(Ticket ticket, long now) {
    boolean called = gate.isOpenTo(ticket.place());
    // Whose number is called may have used it: then only the store's word renews the ticket, or it
    // would outlive what the store remembers of who came in.
    Ticket live = called && !held ? ticket : ticket.renewed(now);
    // Also of the called: places of an outage ago may be fewer than they are.
    Ticket told = live.shown(gate.ahead(ticket.place()));
    // Before this replica knows the queue, nobody is told that nobody is ahead.
    long ahead = told.lastShown();
    long chance = ticket.place().number() * 31 + now;
    long again = polling.askAgainIn(ahead, gate.pace(), free, chance);
    return new Wait(told, ahead, called, again, isPaused());
  }

  /** For who stands by for one. */
  Wait forNumber(InLine inLine, long now) {
    long chance = inLine.renewedAt() * 31 + now;
    long again = polling.askAgainIn(Long.MAX_VALUE, gate.pace(), FreePlaces.UNKNOWN, chance);
    // A number comes soon after the store is back; who learns it late may be called before.
    return new Wait(inLine.renewed(now), Long.MAX_VALUE, false, again / 4, isPaused());
  }

  private boolean isPaused() {
    return held || gate.line().paused();
  }
}
