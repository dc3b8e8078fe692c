package dev.usher.store.memory;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Numbers that were seen, by windows of time; those of so many windows count. */
final class Windows {
  private final long length;
  private final int count;
  private final Map<Long, BitSet> seen = new HashMap<>();

  /**
   * @param length of a window, in milliseconds
   */
  Windows(long length, int count) {
    this.length = length;
    this.count = count;
  }

  Windows(Windows other) {
    this(other.length, other.count);
    other.seen.forEach((window, numbers) -> seen.put(window, (BitSet) numbers.clone()));
  }

  long at(long now) {
    return now / length;
  }

  void see(long now, BitSet numbers) {
    window(now).or(numbers);
  }

  /** Notes the numbers from the first to before the last. */
  void see(long now, int from, int to) {
    window(now).set(from, to);
  }

  private BitSet window(long now) {
    return seen.computeIfAbsent(at(now), w -> new BitSet());
  }

  /** Who was seen in one window. */
  BitSet in(long window) {
    return seen.getOrDefault(window, new BitSet());
  }

  /** Who was seen in those that count; the others are forgotten. */
  BitSet lately(long now) {
    seen.keySet().removeIf(window -> window <= at(now) - count);
    BitSet all = new BitSet();
    seen.values().forEach(all::or);
    return all;
  }
}
