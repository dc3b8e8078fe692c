package dev.usher.room;

import dev.usher.control.Controls;
import dev.usher.room.Decision.Admit;
import dev.usher.room.Decision.ClaimPlace;
import dev.usher.room.Decision.TakeNumber;
import dev.usher.room.Decision.TurnAway;
import dev.usher.room.Decision.Why;
import dev.usher.room.line.Arrivals;
import dev.usher.room.line.LineMemory;
import dev.usher.room.line.MovedPlaces;
import dev.usher.room.line.Presence;
import dev.usher.room.line.Questions;
import dev.usher.room.line.StandbyList;
import dev.usher.store.Gathering;
import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.token.ArrivalTicket;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Ticket;
import java.util.concurrent.CompletionStage;

/**
 * A waiting room, as this replica keeps it; decides what happens to each visitor. Safe for any
 * thread; who waits and who is inside is decided here without a lock and without the store.
 */
public final class Room {
  private final Queue queue;
  private final QueueStore store;
  private final Gate gate;
  private final LineMemory memory;
  private final Presence presence;
  private final StandbyList standbyList;
  private final Arrivals arrivals;
  private final WaitAnswers waitAnswers;
  private final Numbers numbers;
  private final Claims claims;
  private final AfterVisit after;
  private final RoomCounters counters = new RoomCounters();
  private volatile RoomPolicy policy;
  private volatile PassPolicy passPolicy;
  private volatile StoreState storeState = StoreState.GOOD;
  private volatile OutageAllowance allowance = OutageAllowance.NONE;
  private final Watching watching;
  private final Controls controls;

  /** The replica's number, unlike all others, is in tickets of who comes without a store. */
  public Room(RoomPolicy policy, QueueStore store, int replica) {
    this.queue = policy.queue();
    this.policy = policy;
    this.store = store;
    this.memory = new LineMemory(queue, store, this::tellPresence);
    this.gate = new Gate(memory::isLeaving);
    this.presence = new Presence(queue, store, memory);
    this.standbyList = new StandbyList(queue, store, new Questions(replica));
    this.arrivals = new Arrivals(queue, store, standbyList, () -> this.policy.waitingMax());
    gate.reconfigure(policy);
    this.waitAnswers = new WaitAnswers(gate, policy);
    this.numbers = new Numbers(this, arrivals, standbyList, waitAnswers);
    this.claims = new Claims(this, store, gate, waitAnswers);
    this.passPolicy = new PassPolicy(policy);
    this.after = new AfterVisit(this, gate, claims.late());
    this.watching = new Watching(this, gate, arrivals);
    this.controls = new Controls(queue, store);
  }

  /** Takes over a changed policy; the queue stays, as all replicas tell by it who is there. */
  public void reconfigure(RoomPolicy changed) {
    if (!changed.queue().equals(queue)) {
      throw new IllegalArgumentException(
          "The queue of a room must stay " + queue + " but was " + changed.queue());
    }
    policy = changed;
    passPolicy = new PassPolicy(changed);
    gate.reconfigure(changed);
    waitAnswers.reconfigure(changed);
  }

  /** The next time in which visitors gather here; by this time until the store has told its own. */
  public Gathering gathering(long now) {
    return gate.gathering(now);
  }

  /**
   * Decides what to do with one request. On the path of every request: no store, no lock.
   *
   * @param now by the store's clock as far as it is known, in milliseconds since 1970
   */
  public Decision decide(Visitor visitor, long now) {
    Pass pass = visitor.pass();
    if (pass != null && !after.isEnded(pass)) {
      presence.isInside(pass.place());
      return passPolicy.renewed(pass, now);
    }
    if (pass != null || visitor.former() != null) {
      Decision over = after.decide(visitor, now);
      if (over != null) {
        return over;
      }
    }
    return anew(visitor, now);
  }

  /** Decides what to do with a visitor who has no session. */
  Decision anew(Visitor visitor, long now) {
    InLine inLine = visitor.inLine();
    if (inLine instanceof Ticket ticket && !gate.isOver(ticket.place())) {
      return withTicket(ticket, visitor.intent(), now);
    }
    if (inLine instanceof ArrivalTicket) {
      return numbers.without(inLine, now);
    }
    if (controls.isSoldOut() && visitor.intent() != Intent.ROBOT) {
      return away(visitor.intent() == Intent.LOOK ? Why.NOT_JOINED : Why.SOLD_OUT);
    }
    boolean nobodyWaits = inLineNow() == 0;
    if (nobodyWaits && visitor.intent().comesIn() && admitsAlone(0, now)) {
      return admitted(arrivals.ownPlace(now), now);
    }
    if (!visitor.intent().takesNumber()) {
      // A room may be sold out for days; search engines forget what is away for that long.
      boolean good = storeState == StoreState.GOOD && (controls.isSoldOut() || !gate.isShut(now));
      Decision free = nobodyWaits && good ? numbers.vacancy().whileFree(visitor) : null;
      return free == null
          ? away(visitor.intent() == Intent.ROBOT ? Why.NOT_NOW : Why.NOT_JOINED)
          : free;
    }
    return inLineNow() >= policy.waitingMax()
        ? away(Why.LINE_TOO_LONG)
        : new TakeNumber(null, true, visitor.spent());
  }

  private long inLineNow() {
    return gate.line().counts().waiting() + standbyList.untold();
  }

  private Decision withTicket(Ticket ticket, Intent intent, long now) {
    if (memory.moved().isMoved(ticket)) {
      return away(Why.MOVED);
    }
    if (gate.isLost(ticket.place())) {
      return numbers.without(ticket, now);
    }
    if (intent.claims() && admitsAlone(gate.ahead(ticket.place()), now)) {
      return admitted(ticket.place(), now);
    }
    presence.waits(ticket.place());
    return waitAnswers.mayAsk(ticket.place(), now)
            && intent.claims()
            && storeState == StoreState.GOOD
        ? new ClaimPlace(ticket)
        : waitAnswers.inLine(ticket, now);
  }

  /** Whether a visitor with this many ahead comes in although the store is away. */
  private boolean admitsAlone(long ahead, long now) {
    boolean admits = storeState == StoreState.AWAY && !gate.isShut(now) && allowance.admits(ahead);
    counters.letInAlone(admits);
    return admits;
  }

  void waits(Place place) {
    presence.waits(place);
  }

  Admit admitted(Place place, long now) {
    return admittedSince(place, now, now);
  }

  Admit admittedSince(Place place, long began, long now) {
    presence.isInside(place);
    return passPolicy.first(place, began, now);
  }

  Admit resumed(Pass pass, long now) {
    presence.isInside(pass.place());
    return passPolicy.again(pass, now);
  }

  void isInside(Place place) {
    presence.isInside(place);
  }

  /** Turns a visitor away, and counts it. */
  public TurnAway away(Decision.Why why) {
    counters.turnAway(why);
    return new TurnAway(why);
  }

  /** Gives the visitor a number, or admits at once. Carries out {@link TakeNumber}. */
  public CompletionStage<Decision> number(TakeNumber d, long now) {
    return numbers.give(d, now);
  }

  /** Claims the called place. Carries out {@link ClaimPlace}. */
  public CompletionStage<Decision> claim(Ticket ticket, Intent intent, long now) {
    return claims.claim(ticket, intent, now);
  }

  /** Asks whether a session is still counted. Carries out {@link Decision.Resume}. */
  public CompletionStage<Decision> resume(Decision.Resume d, long now) {
    return claims.resume(d, now);
  }

  /** Ends a session because the origin said so, in an answer whose parts may still be asked for. */
  public CompletionStage<Boolean> end(Place place, long now) {
    after.ended(place, now);
    return leave(place);
  }

  /** Gives up the place, or ends its session. Tells whether that did anything. */
  public CompletionStage<Boolean> leave(Place place) {
    claims.late().forget(place);
    return counters.leaving(memory.leave(place));
  }

  /** Tells the store which visitors were seen here. */
  public CompletionStage<Void> tellPresence() {
    return presence.tell();
  }

  /** Takes over what is free now. */
  public void expect(FreePlaces free) {
    waitAnswers.expect(free);
    numbers.vacancy().expect(free);
  }

  /** What its visitors are told while they wait. */
  public WaitAnswers waitAnswers() {
    return waitAnswers;
  }

  /** Reads the line, and gives the store back what it has lost of it. */
  public CompletionStage<Void> refresh() {
    return store
        .line(queue)
        .thenCompose(line -> memory.read(line).thenAccept(settled -> read(line, settled)))
        .thenCompose(read -> standbyList.tell());
  }

  private void read(Line line, boolean settled) {
    if (settled) {
      gate.refresh(line);
    }
    storeIs(settled ? StoreState.GOOD : StoreState.SETTLING);
  }

  /** Whether the line has been read, and the store has everything back that it may have lost. */
  public boolean isSettled() {
    return storeState == StoreState.GOOD && memory.hasRead();
  }

  /** Takes a copy of what the line does not show. */
  public CompletionStage<Void> copy() {
    return memory.copy();
  }

  private void storeIs(StoreState now) {
    storeState = now;
    waitAnswers.storeIs(now, memory.hasRead());
    arrivals.away(now == StoreState.AWAY);
  }

  /** Goes on without the store; meanwhile this replica may give so many places. */
  public void goOnAlone(OutageAllowance changed) {
    allowance = changed;
    memory.moved().readAnew();
    storeIs(StoreState.AWAY);
  }

  /** What becomes of requests whose session is over. */
  public AfterVisit afterVisit() {
    return after;
  }

  /** What the room does while it only watches. */
  public Watching watching() {
    return watching;
  }

  /** The places that are in another browser than they were. */
  public MovedPlaces moved() {
    return memory.moved();
  }

  /** What an operator has set for the room. */
  public Controls controls() {
    return controls;
  }

  /** Whether the store can be asked. */
  public StoreState storeState() {
    return storeState;
  }

  /** Visitors who came while the store was away, and of whom it does not know yet. */
  public int standingBy() {
    return standbyList.untold();
  }

  public RoomPolicy policy() {
    return policy;
  }

  /** The queue as this replica knows it. */
  public Line line() {
    return gate.line();
  }

  public RoomCounters counters() {
    return counters;
  }
}
