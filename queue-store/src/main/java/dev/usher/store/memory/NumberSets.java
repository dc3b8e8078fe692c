package dev.usher.store.memory;

import dev.usher.store.Bits;
import dev.usher.store.Line;
import java.util.BitSet;

/** Sets of numbers. Whole words of them are counted at once. */
final class NumberSets {
  private NumberSets() {}

  /** Those of this chunk. */
  static BitSet in(BitSet numbers, int chunk) {
    return numbers.get(chunk * Bits.CHUNK, (chunk + 1) * Bits.CHUNK);
  }

  /** The one before which there are so many; {@link Line#EVERYONE} if there are no more. */
  static long after(BitSet numbers, long many) {
    long left = many;
    long[] words = numbers.toLongArray();
    for (int i = 0; i < words.length; i++) {
      int here = Long.bitCount(words[i]);
      if (left < here) {
        long word = words[i];
        for (; left > 0; left--) {
          word &= word - 1; // without its lowest bit
        }
        return (long) i * Long.SIZE + Long.numberOfTrailingZeros(word);
      }
      left -= here;
    }
    return Line.EVERYONE;
  }

  /** How many there are after the one and up to the other. */
  static long count(BitSet numbers, long after, long upTo) {
    return after >= upTo || after + 1 >= numbers.length()
        ? 0
        : numbers.get((int) after + 1, (int) Math.min(upTo, numbers.length()) + 1).cardinality();
  }
}
