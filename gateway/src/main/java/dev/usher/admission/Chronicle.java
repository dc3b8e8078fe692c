package dev.usher.admission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The counts of the last minute, tick by tick. */
final class Chronicle {
  private static final long KEPT_MILLIS = 60_000;

  private final Deque<Mark> marks = new ArrayDeque<>();

  /**
   * The counts at one tick, each since the beginning.
   *
   * @param sessionMillis time spent by all sessions
   * @param settledMillis of this, the time after the first five seconds of each
   */
  record Mark(
      long now, Traffic traffic, QueueCounts queue, double sessionMillis, double settledMillis) {}

  void add(Mark mark) {
    marks.addLast(mark);
    while (marks.size() > 2 && marks.getFirst().now() < mark.now() - KEPT_MILLIS) {
      marks.removeFirst();
    }
  }

  void clear() {
    marks.clear();
  }

  boolean isEmpty() {
    return marks.isEmpty();
  }

  /** Whether there is nothing yet to compare the newest counts with. */
  boolean isFirst() {
    return marks.size() < 2;
  }

  Mark newest() {
    return marks.getLast();
  }

  /** The counts of so long ago, or the oldest known. */
  Mark ago(long millis) {
    long then = newest().now() - millis;
    Iterator<Mark> newestFirst = marks.descendingIterator();
    Mark mark = newestFirst.next();
    while (newestFirst.hasNext() && mark.now() > then) {
      mark = newestFirst.next();
    }
    return mark;
  }
}
