package dev.usher.store;

/** What became of a claim. */
public enum Claim {
  /** The place is a session now. */
  ADMITTED,
  /**
   * The place is a session already, and still is: the answer to its claim may have been lost, or
   * the visitor shows a ticket that was used.
   */
  INSIDE,
  /** The number is not called yet. */
  NOT_CALLED,
  /**
   * Called, but no place is free, or none of those that an operator lets the room have; first in
   * line for the next, after those told so before, while asking again within the time of an offer.
   * After a missed turn, a place kept for others who are called is not free.
   */
  FULL,
  /** Called, but admissions are paused, or the visitors of the room gather for an opening. */
  PAUSED,
  /** Nobody comes in before the store has again what it may have lost. */
  HELD,
  /** The place was given up, or its session has ended. */
  OVER,
  /** The queue knows no such place: it is of an epoch that is over. */
  UNKNOWN
}
