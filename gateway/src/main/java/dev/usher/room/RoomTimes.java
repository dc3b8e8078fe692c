package dev.usher.room;

import dev.usher.store.Queue;
import java.time.Duration;

/**
 * The times of a room that are derived from those its operator chose. The formulas are only here:
 * {@link RoomPolicy#passLife()} and {@link RoomPolicy#renewAfter()} follow from its session window.
 */
public final class RoomTimes {
  /**
   * A visitor is told to poll up to this much later than computed, so that visitors do not poll in
   * step.
   */
  public static final int JITTER_PERCENT = 25;

  /** Shortest presence window, so that a phone in a tunnel keeps its place. */
  static final Duration PRESENCE_MIN = Duration.ofSeconds(60);

  private static final Duration RENEWAL_MIN = Duration.ofSeconds(1);

  private RoomTimes() {}

  /**
   * Age at which the pass of an active visitor is renewed: an eighth of the session time-out, at
   * least 1 s. Renewing at every request would set a cookie on every answer.
   */
  static Duration renewal(Duration sessionTimeout) {
    Duration eighth = sessionTimeout.dividedBy(8);
    return eighth.compareTo(RENEWAL_MIN) < 0 ? RENEWAL_MIN : eighth;
  }

  /**
   * Life of a pass. A request just before the renewal leaves the pass as it is, so the life is the
   * session time-out plus the renewal age: then nobody who is active within the time-out is put
   * out.
   */
  static Duration passLife(Duration sessionTimeout) {
    return sessionTimeout.plus(renewal(sessionTimeout));
  }

  /**
   * A quarter of the life of a pass, rounded up to whole milliseconds: see {@link
   * Queue#sessionWindow()}.
   */
  public static Duration sessionWindow(Duration sessionTimeout) {
    Duration four = Duration.ofMillis(4);
    return Duration.ofMillis(passLife(sessionTimeout).plus(four).minusNanos(1).dividedBy(four));
  }

  /** Longest time between two polls of one visitor: the longest one told, plus jitter. */
  public static Duration longestPoll(Duration pollMax) {
    return pollMax.multipliedBy(100 + JITTER_PERCENT).dividedBy(100);
  }

  /** Twice the longest poll, at least a minute: see {@link Queue#presenceWindow()}. */
  public static Duration presenceWindow(Duration pollMax) {
    Duration twice = longestPoll(pollMax).multipliedBy(2);
    return twice.compareTo(PRESENCE_MIN) < 0 ? PRESENCE_MIN : twice;
  }
}
