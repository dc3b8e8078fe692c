package dev.usher.store.memory;

/**
 * How many, of one room or of all rooms of an upstream: counted anew at each step of calling, and
 * kept up between two steps.
 */
final class Tally {
  /** In session. */
  long inside;

  /** Who wait and are not called. */
  long waiting;

  /** Places offered and not claimed. */
  long offers;

  /** Who was told that no place is free, and asks. */
  long asking;

  void set(Tally other) {
    inside = other.inside;
    waiting = other.waiting;
    offers = other.offers;
    asking = other.asking;
  }

  /**
   * Adds the line of a room that may still take so many: of those who hold an offer or ask beyond
   * them, no place of others' would let one in.
   */
  void addLine(Tally other, long takes) {
    waiting += other.waiting;
    asking += Math.min(other.asking, takes);
    offers += Math.min(other.offers, Math.max(0, takes - other.asking));
  }

  /**
   * Takes away who waits, is offered a place or asks, but never more than there are.
   *
   * @param keptOut how many of those who hold an offer or ask were not added, offers first
   */
  void lessLine(Tally other, long keptOut) {
    long added = Math.max(0, other.offers + other.asking - keptOut);
    long asked = Math.min(other.asking, added);
    waiting = Math.max(0, waiting - other.waiting);
    offers = Math.max(0, offers - (added - asked));
    asking = Math.max(0, asking - asked);
  }
}
