package dev.usher.forecast;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * How soon sessions end and people who wait go away, measured over the shortest time that tells
 * enough.
 */
final class Endings {
  /** With fewer, nothing can be told. */
  private static final int FEW = 25;

  private static final long SHORTEST_MILLIS = 25_000;
  private static final long LONGEST_MILLIS = 90_000;

  /** Sessions younger than this hardly ever end. */
  private static final long YOUNG_MILLIS = 4000;

  private static final long KEPT_MILLIS = 900_000;

  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(Headcount crowd, double sessionSeconds, double waitSeconds) {}

  /**
   * What was measured.
   *
   * @param perSecond the part of the sessions that ends in a second
   * @param ended sessions that it was measured by
   * @param youth 1 in a house that has just been filled, 0 in one where sessions are of all ages
   * @param leaving the part of those who wait that gives up in a second
   */
  record Measured(double perSecond, double ended, double youth, double leaving) {
    static final Measured NOTHING = new Measured(0, 0, 1, 0);

    /** How much sooner sessions may end than in a house that has just been filled. */
    private static final double YOUNG_SOONER = 0.3;

    private static final double YOUNG_LATER = 0.05;

    /** The same, if sessions end as soon as may be. */
    Measured sooner() {
      return new Measured(perSecond * (1 + YOUNG_SOONER * youth * youth), ended, youth, leaving);
    }

    /** The same, if they last. */
    Measured later() {
      return new Measured(perSecond * (1 - YOUNG_LATER * youth * youth), ended, youth, leaving / 2);
    }
  }

  /** Takes in a step. Counts that fell are those of a store that started over. */
  void see(Headcount crowd) {
    Mark last = marks.peekLast();
    if (last != null
        && (crowd.admitted() < last.crowd().admitted() || crowd.now() <= last.crowd().now())) {
      marks.clear();
      last = null;
    }
    double seconds = last == null ? 0 : (crowd.now() - last.crowd().now()) / 1000.0;
    double sessions = last == null ? 0 : last.sessionSeconds() + seconds * settled(crowd);
    double waits = last == null ? 0 : last.waitSeconds() + seconds * crowd.waiting();
    marks.addLast(new Mark(crowd, sessions, waits));
    if (crowd.sessions() == 0 && crowd.admitted() == (last == null ? 0 : last.crowd().admitted())) {
      marks.clear();
      marks.addLast(new Mark(crowd, 0, 0));
    }
    while (marks.getFirst().crowd().now() < crowd.now() - KEPT_MILLIS) {
      marks.removeFirst();
    }
  }

  /** Sessions that are old enough to end: hardly any does at once. */
  private double settled(Headcount crowd) {
    long before = crowd.admitted();
    Iterator<Mark> back = marks.descendingIterator();
    while (back.hasNext()) {
      Mark mark = back.next();
      before = mark.crowd().admitted();
      if (crowd.now() - mark.crowd().now() >= YOUNG_MILLIS) {
        break;
      }
    }
    return Math.max(0, crowd.sessions() - (crowd.admitted() - before));
  }

  /** What was measured; null if it is too little. */
  @Nullable Measured measured() {
    Mark now = marks.peekLast();
    Mark then = since(now);
    if (now == null || then == null) {
      return null;
    }
    double ended = ended(now, then);
    double seconds = now.sessionSeconds() - then.sessionSeconds();
    if (ended < FEW || seconds <= 0) {
      return null;
    }
    double perSecond = 1 / (YOUNG_MILLIS / 1000.0 + seconds / ended);
    double waited = now.waitSeconds() - then.waitSeconds();
    double left = now.crowd().left() - then.crowd().left();
    return new Measured(
        perSecond, ended, youth(now, perSecond), waited <= 0 ? 0 : Math.max(0, left / waited));
  }

  private @Nullable Mark since(@Nullable Mark now) {
    if (now == null) {
      return null;
    }
    long known = now.crowd().now() - marks.getFirst().crowd().now();
    long wanted = Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, known / 2));
    Iterator<Mark> back = marks.descendingIterator();
    while (back.hasNext()) {
      Mark mark = back.next();
      if (now.crowd().now() - mark.crowd().now() >= wanted) {
        return mark;
      }
    }
    return null;
  }

  private static double ended(Mark now, Mark then) {
    return now.crowd().admitted()
        - then.crowd().admitted()
        - (now.crowd().sessions() - then.crowd().sessions());
  }

  /** By how much the house is younger than one in which sessions are of all ages. */
  private double youth(Mark now, double perSecond) {
    double oldest = 0;
    Iterator<Mark> back = marks.descendingIterator();
    while (back.hasNext()) {
      Mark mark = back.next();
      oldest = (now.crowd().now() - mark.crowd().now()) / 1000.0;
      if (now.crowd().admitted() - mark.crowd().admitted() >= now.crowd().sessions()) {
        return Math.max(0, 1 - oldest * perSecond);
      }
    }
    return oldest * perSecond >= 1 ? 0 : 1 - oldest * perSecond;
  }
}
