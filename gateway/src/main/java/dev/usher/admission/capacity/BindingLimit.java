package dev.usher.admission.capacity;

import dev.usher.admission.Admission.Reason;
import dev.usher.admission.Learnt;
import dev.usher.admission.Observation;
import dev.usher.admission.QueueCounts;

/** The limit in force: the one that a person would name when asked why nobody more comes in. */
final class BindingLimit {
  private static final long LOST_MILLIS = 60_000;

  private int mostReady;
  private long mostReadyAt;

  /**
   * What is free now.
   *
   * @param capacity sessions the upstream may carry
   * @param places free sessions, below 0 if there are too many
   * @param tokens newcomers for whose first requests the pods have room
   * @param held whether pods get no visitors because they are warmed first
   */
  record Free(long capacity, long places, int tokens, boolean held) {}

  // Rule zero: four facts of one tick, with nothing else in common.
  Reason reason(Observation seen, Fleet fleet, Free free, Learnt.Cause cause) {
    boolean lost = isLost(seen.now(), fleet.ready());
    QueueCounts queue = seen.queue();
    if (queue.paused()) {
      return Reason.PAUSED;
    }
    if (queue.gathers()) {
      return Reason.GATHERING;
    }
    if (fleet.ready() == 0) {
      return Reason.NO_CAPACITY;
    }
    if (SignalTrust.isStale(seen.seen())) {
      return Reason.SIGNAL_STALE;
    }
    if (queue.waiting() == 0) {
      return Reason.NOBODY_WAITS;
    }
    if (queue.waiting() <= Math.min(free.places(), free.tokens())) {
      return Reason.ENOUGH_FOR_ALL;
    }
    if (lost && free.places() <= free.tokens()) {
      return Reason.PODS_LOST;
    }
    if (!fleet.isWarm() || free.held()) {
      return Reason.WARMING_UP;
    }
    return free.places() > free.tokens() ? Reason.RATE : full(cause);
  }

  private static Reason full(Learnt.Cause cause) {
    return switch (cause) {
      case NONE -> Reason.CAPACITY_FULL;
      case UNPROVEN -> Reason.UNPROVEN;
      case LATENCY -> Reason.LATENCY;
      case ERRORS -> Reason.ERRORS;
    };
  }

  private boolean isLost(long now, int ready) {
    if (ready >= mostReady || now - mostReadyAt > LOST_MILLIS) {
      mostReady = ready;
      mostReadyAt = now;
    }
    return ready < mostReady;
  }
}
