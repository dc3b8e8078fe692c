package dev.usher.room;

import dev.usher.store.Place;
import org.jspecify.annotations.Nullable;

/** A visitor, what they mean to do, and what became of them. */
final class Member {
  final Guest guest = new Guest();
  final boolean stays;
  final long sessionMillis;
  long next;
  long arrivedAt;
  long admittedAt;
  long told = Long.MAX_VALUE;
  int polls;
  boolean gone;

  Member(long next, boolean stays, long sessionMillis) {
    this.next = next;
    this.stays = stays;
    this.sessionMillis = sessionMillis;
  }

  @Nullable Place place() {
    if (guest.pass != null) {
      return guest.pass.place();
    }
    return guest.ticket == null ? null : guest.ticket.place();
  }

  /** Half of those who do not stay close the browser without a word. */
  boolean vanishes() {
    if (!stays && polls > 2 && (sessionMillis & 1) == 0) {
      gone = true;
    }
    return gone;
  }

  /** The others say that they leave; so does everyone whose session is over. */
  boolean givesUp(long now) {
    return admittedAt > 0 ? now - admittedAt >= sessionMillis : !stays && polls > 2;
  }
}
