package dev.usher.store.memory;

/**
 * How many, of one room or of all rooms of an upstream: counted anew at each step of calling, and
 * kept up between two steps.
 */
final class Tally {
  /** In session. */
  long inside;

  /** Who wait and are not called, of one room. */
  long waiting;

  /** Of these, who might have been called but for want of places, and who joined since. */
  long hungry;

  /** Places offered and not claimed. */
  long offers;

  /** Who was told that no place is free, and asks. */
  long asking;

  void set(Tally other) {
    inside = other.inside;
    waiting = other.waiting;
    hungry = other.hungry;
    offers = other.offers;
    asking = other.asking;
  }

  /**
   * Adds the line of a room that may still take so many: of those who hold an offer or ask beyond
   * them, no place of others' would let one in.
   */
  void addLine(Tally other, long takes) {
    asking += Math.min(other.asking, takes);
    offers += Math.min(other.offers, Math.max(0, takes - other.asking));
  }

  /** Counts those of a room whom a step did not call for want of places. */
  void hunger(Tally room, long count) {
    room.hungry = count;
    hungry += count;
  }

  /** Of a room so many more wait. */
  void join(Tally room, int count, boolean forPlaces) {
    room.waiting += count;
    room.hungry += forPlaces ? count : 0;
    hungry += forPlaces ? count : 0;
  }

  /** Of a room one less waits. */
  void waitsNoMore(Tally room) {
    room.waiting = Math.max(0, room.waiting - 1);
    int less = room.hungry > 0 ? 1 : 0;
    room.hungry -= less;
    hungry = Math.max(0, hungry - less);
  }

  /** Of a room one less asks, who was counted here or not. */
  void asksNoMore(Tally room, boolean here) {
    room.asking = Math.max(0, room.asking - 1);
    asking = Math.max(0, asking - (here ? 1 : 0));
  }

  /** Of a room one place less is offered, which was counted here or not. */
  void offeredNoMore(Tally room, boolean here) {
    room.offers = Math.max(0, room.offers - 1);
    offers = Math.max(0, offers - (here ? 1 : 0));
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
    hungry = Math.max(0, hungry - other.hungry);
    offers = Math.max(0, offers - (added - asked));
    asking = Math.max(0, asking - asked);
  }
}
