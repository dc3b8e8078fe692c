package dev.usher.store.memory;

import dev.usher.store.Line;
import dev.usher.store.Queue;
import java.util.BitSet;

/**
 * Whether those who wait in one epoch of a room are absent in a mass, which is an outage of their
 * way here and no departure. Judged once a window of presence, of the window that is over.
 */
final class MassAbsence {
  /** Whoever was there before the last window and has neither come in nor left. */
  private BitSet kept = new BitSet();

  private static final int ALL = 1000;

  private long judged = -1;

  /** Since when it lasts; 0 while there is none. */
  private long since;

  /** Numbers up to here had been called when it began. */
  private long called;

  /** Of those kept, in thousandths, how many were seen in the last window, and at the lowest. */
  private long share = ALL;

  private long trough;

  /** Windows over in which they were seen steadily again. */
  private int steady;

  MassAbsence() {}

  MassAbsence(MassAbsence other) {
    kept = (BitSet) other.kept.clone();
    judged = other.judged;
    since = other.since;
    called = other.called;
    share = other.share;
    trough = other.trough;
    steady = other.steady;
  }

  void forget() {
    judged = -1;
    since = 0;
    share = ALL;
  }

  Line.CutOff told() {
    return lasts() ? new Line.CutOff(since, called) : Line.CutOff.NONE;
  }

  /** Whether it lasts. */
  boolean lasts() {
    return since > 0;
  }

  /**
   * Whether hardly anybody was seen in the last window, so that those inside could not be seen
   * either. Not until it ends: whoever came in since goes again, and their places are free then.
   */
  boolean hidesSessions() {
    return lasts() && share <= Queue.HIDDEN_SHARE;
  }

  /** Those who count as present although nobody saw them. */
  BitSet kept() {
    return kept;
  }

  /** Forgets numbers below this one, of chunks that are looked at no more. */
  void forgetBelow(int number) {
    kept.clear(0, number);
  }

  /**
   * A look at the queue before it is merged again.
   *
   * @param waiting whoever counted as waiting until now
   * @param blind whether nobody could be seen for want of the store: that says nothing of their way
   */
  void look(RoomEpoch room, BitSet waiting, boolean blind, long now) {
    long window = room.presenceWindow(now);
    if (judged == window) {
      return;
    }
    BitSet seen = (BitSet) room.seenIn(window - 1).clone();
    if (judged < window - 1) {
      seen.or(room.seenIn(window - 2));
    }
    boolean first = judged < 0;
    judged = window;
    BitSet known = (BitSet) kept.clone();
    known.or(waiting);
    known = room.inSpan(room.stillWaiting(known));
    long people = uncalled(known, room);
    BitSet there = (BitSet) known.clone();
    there.and(seen);
    long come = uncalled(there, room);
    long before = share;
    share = people == 0 ? ALL : ALL * come / people;
    boolean lasted = lasts();
    if (lasted) {
      goOn(people, before, now);
    } else if (!first && !blind && people >= Queue.CROWD && 3 * come < people) {
      since = now;
      called = room.called;
      trough = share;
      steady = 0;
    }
    kept = lasts() ? known : lasted ? new BitSet() : (BitSet) waiting.clone();
  }

  private void goOn(long people, long before, long now) {
    // Whoever is left of a crowd shows that the way is open; very few only where fewer were before.
    boolean back = share > 0 && (share >= Queue.BACK_SHARE || share > 3 * trough);
    steady = back && Math.abs(share - before) <= Queue.STEADY_SHARE ? steady + 1 : 0;
    trough = Math.min(trough, share);
    if (people == 0 || steady == 2 || now - since >= Queue.OUTAGE_MAX.toMillis()) {
      since = 0;
    }
  }

  private static long uncalled(BitSet numbers, RoomEpoch room) {
    int from = (int) room.called + 1;
    return numbers.get(from, Math.max(from, numbers.length())).cardinality();
  }
}
