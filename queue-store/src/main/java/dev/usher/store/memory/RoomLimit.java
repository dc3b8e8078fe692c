package dev.usher.store.memory;

import dev.usher.store.Line;
import java.util.BitSet;

/** Which of those who are called the limit of their room keeps out, in one epoch. */
final class RoomLimit {
  /** Numbers from this one on are kept out. */
  private long open = Line.EVERYONE;

  private long keptOut;

  void become(RoomLimit other) {
    open = other.open;
    keptOut = other.keptOut;
  }

  void lift() {
    open = Line.EVERYONE;
    keptOut = 0;
  }

  /** How many it kept out at the last step, which did not count them. */
  long keptOut() {
    return keptOut;
  }

  /** Of the called, those before this one may find a place of the room. */
  long open() {
    return open;
  }

  /** Keeps out those who are called, and hold an offer or ask, beyond the first so many. */
  void letIn(long most, RoomEpoch room) {
    if (most == Long.MAX_VALUE) {
      lift();
      return;
    }
    keptOut = Math.max(0, room.counts.offers + room.counts.asking - most);
    BitSet them = (BitSet) room.there.clone();
    them.clear(0, (int) room.offered + 1);
    them.clear((int) room.called + 1, Math.max(them.length(), (int) room.called + 1));
    room.offers.addAsking(them, room.offered);
    them = room.inSpan(them);
    open = most == 0 ? 1 : NumberSets.after(them, most);
  }
}
