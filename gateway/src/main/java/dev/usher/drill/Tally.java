package dev.usher.drill;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts of a drill while it runs: written by the event loops, read by whoever watches. */
final class Tally {
  private final Map<Count, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<Trouble, LongAdder> troubles = new ConcurrentHashMap<>();

  void add(Count what) {
    counts.computeIfAbsent(what, c -> new LongAdder()).increment();
  }

  void subtract(Count what) {
    counts.computeIfAbsent(what, c -> new LongAdder()).decrement();
  }

  void add(Trouble what) {
    troubles.computeIfAbsent(what, t -> new LongAdder()).increment();
  }

  Map<Count, Long> counts() {
    Map<Count, Long> now = new EnumMap<>(Count.class);
    counts.forEach((what, n) -> now.put(what, n.sum()));
    return now;
  }

  Map<Trouble, Long> troubles() {
    Map<Trouble, Long> now = new EnumMap<>(Trouble.class);
    troubles.forEach((what, n) -> now.put(what, n.sum()));
    return now;
  }
}
