package dev.usher.sim.faults;

import java.util.Locale;

/**
 * Something that goes wrong.
 *
 * @param kind what goes wrong
 * @param at when it begins, in seconds since the run began
 * @param lasts for how many seconds
 * @param seat which replica, from 0; -1 if it strikes the store
 * @param howMuch its extent; the kind says in which unit
 */
record Fault(Kind kind, double at, double lasts, int seat, double howMuch) {
  /** The kinds of faults. */
  enum Kind {
    /** The store answers nobody. */
    STORE_SILENT,
    /** The store refuses connections. */
    STORE_REFUSES,
    /** One replica gets no answers from the store. */
    SILENT_FOR_ONE,
    /** One replica is refused by the store. */
    REFUSES_ONE,
    /** The store is away, then starts empty. */
    STORE_EMPTY,
    /** The store is away, then another takes over that was this many seconds behind. */
    STORE_BEHIND,
    /** The store is emptied in an instant. */
    FLUSHED,
    /** The store does what it is asked, but this share of its answers is lost. */
    ANSWERS_LOST,
    /** Requests to the store and its answers take up to this many seconds longer. */
    SLOW,
    /** Visitors do not get through: all at once, or, if above 0, gradually. */
    INGRESS_CUT,
    /** A replica is killed; another is started in its place, if it lasts less than forever. */
    KILLED,
    /** A replica is stopped, then resumed. */
    STOPPED,
    /** All replicas are killed and the store is emptied; others start. */
    ALL_LOST
  }

  /** When it ends. */
  double end() {
    return Double.isInfinite(lasts) ? at : at + lasts;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s at %.1f s for %.1f s%s%s",
        kind,
        at,
        lasts,
        seat < 0 ? "" : ", replica " + seat,
        howMuch == 0 ? "" : String.format(Locale.ROOT, ", %.2f", howMuch));
  }
}
