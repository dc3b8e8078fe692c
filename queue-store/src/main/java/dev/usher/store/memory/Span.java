package dev.usher.store.memory;

import dev.usher.store.Bits;
import java.util.BitSet;
import java.util.function.IntPredicate;

/** The chunks of one epoch in which anybody may be left. */
final class Span {
  private int low;
  private boolean known;

  /** Of an epoch that is over; -1 while it goes on, up to the last number. */
  private int high = -1;

  Span() {}

  Span(Span other) {
    low = other.low;
    known = other.known;
    high = other.high;
  }

  int low() {
    return low;
  }

  /** The epoch is over, and its last chunk is at least this one. */
  void endAt(int chunk) {
    high = Math.max(high, chunk);
  }

  void goOn() {
    high = -1;
  }

  boolean isOver() {
    return high >= 0;
  }

  /** Somebody may be in this chunk. */
  void include(int chunk) {
    low = Math.min(low, chunk);
  }

  /** Somebody may be in this chunk, of an epoch of which perhaps no chunk was known. */
  void learn(int chunk) {
    low = known ? Math.min(low, chunk) : chunk;
    known = true;
  }

  /** Nobody is in the chunks before this one. */
  void beginAt(int chunk) {
    low = chunk;
    known = true;
  }

  /** Goes on to the first chunk that is in use, but no further than to this one. */
  void advance(int last, IntPredicate used) {
    while (low < last && !used.test(low)) {
      low++;
    }
    known = true;
  }

  void forget() {
    low = 0;
    known = false;
  }

  /**
   * Those of these numbers that lie in it.
   *
   * @param last the chunk of the last number, while the epoch goes on
   */
  BitSet within(BitSet numbers, int last) {
    BitSet some = (BitSet) numbers.clone();
    some.clear(0, low * Bits.CHUNK);
    int end = ((isOver() ? high : last) + 1) * Bits.CHUNK;
    if (end < some.length()) {
      some.clear(end, some.length());
    }
    return some;
  }
}
