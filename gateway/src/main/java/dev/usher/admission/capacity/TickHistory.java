package dev.usher.admission.capacity;

import dev.usher.admission.QueueCounts;
import dev.usher.admission.Traffic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;

/** The counts of the last minute, tick by tick. */
final class TickHistory {
  private static final long KEPT_MILLIS = 60_000;

  private final Deque<Mark> marks = new ArrayDeque<>();

  /**
   * The counts at one tick, each since the beginning.
   *
   * @param sessionMillis time spent by all sessions
   * @param settledMillis the part of that time after the first five seconds of each session
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

  /**
   * Visitors admitted within a time up to now, each counted by the part of the span after admission
   * that lies in it: of something that grows evenly over the span, that part has been seen.
   */
  double admittedOver(long millis, long spread) {
    long end = newest().now();
    double sum = 0;
    Mark before = marks.getFirst();
    for (Mark mark : marks) {
      long from = Math.max(end - millis, mark.now());
      long until = Math.min(end, mark.now() + spread);
      double part = Math.max(0, until - from) / (double) spread;
      sum += part * (mark.queue().admitted() - before.queue().admitted());
      before = mark;
    }
    return sum;
  }

  /**
   * The latest counts that are at least so old and tell enough, or else counts that are at most so
   * old.
   */
  Mark since(long least, long most, Predicate<Mark> enough) {
    long end = newest().now();
    Iterator<Mark> newestFirst = marks.descendingIterator();
    Mark mark = newestFirst.next();
    while (newestFirst.hasNext()
        && mark.now() > end - most
        && (mark.now() > end - least || !enough.test(mark))) {
      mark = newestFirst.next();
    }
    return mark;
  }

  /** The counts of that long ago, or the oldest known. */
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
