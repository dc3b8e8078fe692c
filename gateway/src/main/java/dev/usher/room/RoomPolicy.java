package dev.usher.room;

import dev.usher.sale.SaleEvent;
import dev.usher.store.Queue;
import java.time.Duration;
import java.util.List;

/**
 * How one room treats its visitors.
 *
 * @param queue where its queue is kept, and its times
 * @param title what the page calls the room
 * @param weight share of the free places while several rooms of the upstream have a line
 * @param sessionTimeout time without a request after which a session ends
 * @param sessionMax longest session, however active
 * @param finishGrace time after a session ended by itself in which its visitor may finish
 * @param waitingMax longest line; beyond it newcomers are turned away
 * @param pollMin shortest time between two polls, told to those next in line
 * @param pollMax longest time between two polls, told to those far back
 * @param observes whether the room only watches: everyone goes on, and what a guarding room would
 *     have done is counted
 * @param events what people come for at known times
 */
public record RoomPolicy(
    Queue queue,
    String title,
    int weight,
    Duration sessionTimeout,
    Duration sessionMax,
    Duration finishGrace,
    long waitingMax,
    Duration pollMin,
    Duration pollMax,
    boolean observes,
    List<SaleEvent> events) {
  /** Long enough for a payment that the bank confirms by telephone. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  public RoomPolicy {
    events = List.copyOf(events);
  }

  /** A policy that guards. */
  // Rule zero: the record without its less common settings.
  public RoomPolicy(
      Queue queue,
      String title,
      int weight,
      Duration sessionTimeout,
      Duration sessionMax,
      long waitingMax,
      Duration pollMin,
      Duration pollMax) {
    this(
        queue,
        title,
        weight,
        sessionTimeout,
        sessionMax,
        GRACE,
        waitingMax,
        pollMin,
        pollMax,
        false,
        List.of());
  }

  /** The same policy with these events. */
  public RoomPolicy with(List<SaleEvent> others) {
    return new RoomPolicy(
        queue,
        title,
        weight,
        sessionTimeout,
        sessionMax,
        finishGrace,
        waitingMax,
        pollMin,
        pollMax,
        observes,
        others);
  }

  /** How long a fresh pass is valid: as long as its session is counted, and no longer. */
  public Duration passLife() {
    return queue.sessionWindow().multipliedBy(Queue.SESSION_WINDOWS - 1);
  }

  /**
   * Age at which a pass is renewed. A pass not yet that old is valid for at least the session
   * time-out, so a visitor who comes back within the time-out always has a valid one.
   */
  public Duration renewAfter() {
    return passLife().minus(sessionTimeout);
  }
}
