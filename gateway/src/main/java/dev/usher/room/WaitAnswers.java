package dev.usher.room;

import dev.usher.forecast.Forecast;
import dev.usher.forecast.ToldWaits;
import dev.usher.forecast.WaitRange;
import dev.usher.room.Decision.Wait;
import dev.usher.sale.Countdown;
import dev.usher.sale.Opening;
import dev.usher.store.Claim;
import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.token.InLine;
import dev.usher.token.Ticket;
import org.jspecify.annotations.Nullable;

/** What waiting visitors are told: how many are ahead of them, and when to ask again. */
public final class WaitAnswers {
  private final Gate gate;
  private final Refusals refusals = new Refusals();
  private volatile Polling polling;
  private volatile FreePlaces free = FreePlaces.UNKNOWN;
  private volatile Forecast forecast = Forecast.NONE;
  private final ToldWaits toldWaits = new ToldWaits();
  private volatile boolean held;
  private volatile boolean founded;

  WaitAnswers(Gate gate, RoomPolicy policy) {
    this.gate = gate;
    this.polling = new Polling(policy);
  }

  /** Takes over a changed policy. */
  void reconfigure(RoomPolicy policy) {
    polling = new Polling(policy);
  }

  /** Takes over what is free now. */
  void expect(FreePlaces changed) {
    free = changed;
  }

  /**
   * Takes over when those who wait come in.
   *
   * @param now by the store's clock, in milliseconds since 1970
   */
  public void expect(Forecast changed, long now) {
    Line line = gate.line();
    forecast = isStopped() || line.counts().capacity() == 0 ? Forecast.NONE : changed;
    toldWaits.note(
        new ToldWaits.Line(
            now, line.epoch(), line.called(), line.issued(), until(gate.awaited(now), now)),
        line::ahead,
        forecast);
  }

  /** Visitors called a second, lately. */
  public double pace() {
    return gate.pace();
  }

  /** What they were told of their waits. */
  public ToldWaits toldWaits() {
    return toldWaits;
  }

  /**
   * Notes the state of the store. Nobody comes in unless it is good.
   *
   * @param known whether the queue was ever read here. A store that settles before that lost
   *     nothing that anybody waits for, as far as is known: the room may just have been added
   */
  void storeIs(StoreState now, boolean known) {
    held = now != StoreState.GOOD;
    founded = now == StoreState.SETTLING && !known;
  }

  /** Whether the place is called and a claim of it may lead to more than another refusal. */
  boolean mayAsk(Place place, long now) {
    return !gate.isShut(now)
        && gate.isOpenTo(place)
        && (gate.isWorthAsking(place) || !refusals.lately(place, now));
  }

  /** Notes what a visitor was told who claimed the place. */
  void told(Claim claim, Place place, long now) {
    if (claim == Claim.FULL) {
      refusals.told(place, now);
    } else if (claim == Claim.ADMITTED) {
      toldWaits.comesIn(place.epoch(), place.number(), now);
    }
  }

  /** The answer for a visitor who has a number. */
  Wait inLine(Ticket ticket, long now) {
    boolean called = gate.isOpenTo(ticket.place());
    // A called visitor may have used the number already: then only the store's word renews the
    // ticket, or it would outlive what the store remembers of who came in.
    Ticket live = called && !held ? ticket : ticket.renewed(now);
    // For called visitors too: after an outage there may be fewer places than before it.
    Ticket told = live.shown(gate.ahead(ticket.place()));
    // While this replica does not know the queue yet, nobody is told that nobody is ahead.
    long ahead = told.lastShown();
    long chance = ticket.place().number() * 31 + now;
    Opening opening = gate.awaited(now);
    Polling.Outlook outlook = new Polling.Outlook(gate.pace(), free, until(opening, now));
    long again = polling.askAgainIn(ahead, outlook, chance);
    WaitRange range = called && opening == null ? null : range(ahead);
    boolean turn = called && opening == null;
    return new Wait(told, ahead, turn, again, isPaused(), isHeld(), countdown(opening, now), range);
  }

  /** How long somebody with so many ahead waits; null if that cannot be told. */
  private @Nullable WaitRange range(long ahead) {
    return ahead == Long.MAX_VALUE || isStopped() ? null : forecast.until(ahead + 1.0);
  }

  /** The answer for a visitor who stands by for a number. */
  Wait forNumber(InLine inLine, long now) {
    long chance = inLine.renewedAt() * 31 + now;
    Polling.Outlook outlook = new Polling.Outlook(gate.pace(), FreePlaces.UNKNOWN, 0);
    long again = polling.askAgainIn(Long.MAX_VALUE, outlook, chance);
    // A number is given soon after the store is back; a visitor who learns of it late may be called
    // before that.
    return new Wait(
        inLine.renewed(now),
        Long.MAX_VALUE,
        false,
        again / 4,
        isPaused(),
        isHeld(),
        countdown(gate.awaited(now), now),
        null);
  }

  private static @Nullable Countdown countdown(@Nullable Opening opening, long now) {
    return opening == null ? null : new Countdown(opening, until(opening, now));
  }

  private static long until(@Nullable Opening opening, long now) {
    return opening == null ? 0 : opening.at() - now;
  }

  /** Whether nobody comes in, for whatever reason. */
  private boolean isStopped() {
    return held || gate.line().holds() || gate.line().paused();
  }

  private boolean isPaused() {
    return isStopped() && !founded;
  }

  private boolean isHeld() {
    return (held || gate.line().holds()) && !founded;
  }
}
