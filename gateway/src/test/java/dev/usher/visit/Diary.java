package dev.usher.visit;

import dev.usher.visit.VisitAnswer.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/** All that a crowd was told, in the order of the answers. Safe for any thread. */
public final class Diary {
  private final Queue<DiaryEntry> entries = new ConcurrentLinkedQueue<>();
  private final LongSupplier clock;

  /** An empty diary whose times are read, in milliseconds, from this clock. */
  public Diary(LongSupplier clock) {
    this.clock = clock;
  }

  long now() {
    return clock.getAsLong();
  }

  void write(DiaryEntry entry) {
    entries.add(entry);
  }

  public List<DiaryEntry> entries() {
    return List.copyOf(entries);
  }

  /** What each visitor was told. */
  public Map<Integer, List<DiaryEntry>> byVisitor() {
    Map<Integer, List<DiaryEntry>> all = new TreeMap<>();
    entries.forEach(
        entry -> all.computeIfAbsent(entry.visitor(), visitor -> new ArrayList<>()).add(entry));
    return all;
  }

  /** When visitors were admitted for the first time, in order. */
  public List<Long> admissions() {
    return entries.stream()
        .filter(each -> each.is(State.ADMITTED) && each.ask() != Ask.BROWSE)
        .map(DiaryEntry::answeredAt)
        .sorted()
        .toList();
  }
}
