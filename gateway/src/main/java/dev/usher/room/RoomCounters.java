package dev.usher.room;

import dev.usher.store.Claim;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of what happened in a room on this replica since it started. */
public final class RoomCounters {
  private final LongAdder arrivals = new LongAdder();
  private final LongAdder admittedAtOnce = new LongAdder();
  private final LongAdder admittedAlone = new LongAdder();
  private final LongAdder observed = new LongAdder();
  private final LongAdder standbys = new LongAdder();
  private final LongAdder claimMillis = new LongAdder();
  private final LongAdder leaves = new LongAdder();
  private final Sightings sightings = new Sightings();
  private final Map<Enum<?>, LongAdder> outcomes = new ConcurrentHashMap<>();

  private LongAdder of(Enum<?> outcome) {
    return outcomes.computeIfAbsent(outcome, o -> new LongAdder());
  }

  void arrived(boolean admitted) {
    arrivals.increment();
    if (admitted) {
      admittedAtOnce.increment();
    }
  }

  void letInAlone(boolean admitted) {
    if (admitted) {
      admittedAlone.increment();
    }
  }

  void beganObserved() {
    observed.increment();
  }

  void stoodBy() {
    standbys.increment();
  }

  void claimed(Claim claim) {
    of(claim).increment();
  }

  void claimTook(long millis) {
    claimMillis.add(millis);
  }

  void turnAway(Decision.Why why) {
    of(why).increment();
  }

  /** Counts what was given up, once; a store that did not hear it will be told again. */
  CompletionStage<Boolean> leaving(CompletionStage<Boolean> leave) {
    return leave.whenComplete((done, failure) -> leaves.add(failure != null || done ? 1 : 0));
  }

  /** The networks from which sessions are used. */
  public Sightings sightings() {
    return sightings;
  }

  /** Numbers given. */
  public long arrivals() {
    return arrivals.sum();
  }

  /** Arrivals admitted at once, without waiting. */
  public long admittedAtOnce() {
    return admittedAtOnce.sum();
  }

  /** Visitors admitted while the store was away. */
  public long admittedAlone() {
    return admittedAlone.sum();
  }

  /** Sessions that began while the room only watched. */
  public long beganWhileObserving() {
    return observed.sum();
  }

  /** Visitors who arrived when no number could be given. */
  public long standbys() {
    return standbys.sum();
  }

  /** Claims that ended with this result. */
  public long claims(Claim claim) {
    return of(claim).sum();
  }

  /** Time from the call to the claim that started a session: the sum, in milliseconds. */
  public long claimMillis() {
    return claimMillis.sum();
  }

  /** Visitors turned away. */
  public long turnedAway(Decision.Why why) {
    return of(why).sum();
  }

  /** Places and sessions given up. */
  public long leaves() {
    return leaves.sum();
  }
}
