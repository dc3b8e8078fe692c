package dev.usher.cli.drill.crowd;

import dev.usher.cli.drill.http.Trouble;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of a running drill: written by the event loops, read by observers. */
public final class DrillCounters {
  private final Map<Count, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<Trouble, LongAdder> troubles = new ConcurrentHashMap<>();
  private final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();

  /** Counts an answer of 400 or above. */
  void refused(int status) {
    refusals.computeIfAbsent(status, c -> new LongAdder()).increment();
  }

  void add(Count what) {
    counts.computeIfAbsent(what, c -> new LongAdder()).increment();
  }

  void subtract(Count what) {
    counts.computeIfAbsent(what, c -> new LongAdder()).decrement();
  }

  void add(Trouble what) {
    troubles.computeIfAbsent(what, t -> new LongAdder()).increment();
  }

  public Map<Count, Long> counts() {
    Map<Count, Long> now = new EnumMap<>(Count.class);
    counts.forEach((what, n) -> now.put(what, n.sum()));
    return now;
  }

  public Map<Integer, Long> refusals() {
    Map<Integer, Long> now = new TreeMap<>();
    refusals.forEach((status, n) -> now.put(status, n.sum()));
    return now;
  }

  public Map<Trouble, Long> troubles() {
    Map<Trouble, Long> now = new EnumMap<>(Trouble.class);
    troubles.forEach((what, n) -> now.put(what, n.sum()));
    return now;
  }
}
