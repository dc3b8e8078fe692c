package dev.usher.cli.drill.crowd;

import java.util.PriorityQueue;

/** A queue of what is due when. A later entry for the same visitor replaces the earlier one. */
final class WakeQueue {
  /** A visitor with at most one thing to do next. */
  interface Sleeper {
    /** When it is to be woken; an entry for another time is out of date. */
    long wakeAt();

    void wake(long now);
  }

  private record Entry(long at, Sleeper sleeper) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return Long.compare(at, other.at);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();

  void add(Sleeper sleeper) {
    entries.add(new Entry(sleeper.wakeAt(), sleeper));
  }

  /** Wakes everyone whose time has come. */
  void run(long now) {
    for (Entry next = entries.peek(); next != null && next.at <= now; next = entries.peek()) {
      entries.remove();
      if (next.sleeper.wakeAt() == next.at) {
        next.sleeper.wake(now);
      }
    }
  }
}
