package dev.usher.store.memory;

import dev.usher.store.Bits;
import java.util.BitSet;

/** Sets of numbers. */
final class NumberSets {
  private NumberSets() {}

  /** Those of this chunk. */
  static BitSet in(BitSet numbers, int chunk) {
    return numbers.get(chunk * Bits.CHUNK, (chunk + 1) * Bits.CHUNK);
  }

  /** How many there are after the one and up to the other. */
  static long count(BitSet numbers, long after, long upTo) {
    return after >= upTo || after + 1 >= numbers.length()
        ? 0
        : numbers.get((int) after + 1, (int) Math.min(upTo, numbers.length()) + 1).cardinality();
  }
}
