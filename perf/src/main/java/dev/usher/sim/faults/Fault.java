package dev.usher.sim.faults;

import java.util.Locale;

/**
 * Something that goes wrong.
 *
 * @param kind what
 * @param at when it begins, in seconds since the run began
 * @param lasts for how many seconds
 * @param seat which replica, from 0; -1 where it strikes the store
 * @param howMuch what a kind says of it
 */
record Fault(Kind kind, double at, double lasts, int seat, double howMuch) {
  /** What may go wrong. */
  enum Kind {
    /** The store says nothing to anybody. */
    STORE_SILENT,
    /** The store refuses connections. */
    STORE_REFUSES,
    /** One replica hears nothing of the store. */
    SILENT_FOR_ONE,
    /** One replica is refused by the store. */
    REFUSES_ONE,
    /** The store is away, then starts empty. */
    STORE_EMPTY,
    /** The store is away, then another goes on that was so many seconds behind. */
    STORE_BEHIND,
    /** The store is emptied at once. */
    FLUSHED,
    /** The store does as it is asked, but this share of its answers is lost. */
    ANSWERS_LOST,
    /** Questions and answers take up to so many seconds longer. */
    SLOW,
    /** Visitors do not get through: at once, or, above 0, more and more of them. */
    INGRESS_CUT,
    /** A replica is killed; another is started in its place, if it lasts less than forever. */
    KILLED,
    /** A replica is stopped, then goes on. */
    STOPPED,
    /** All replicas are killed and the store is emptied; others start. */
    ALL_LOST
  }

  /** When it is over. */
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
