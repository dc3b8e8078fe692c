package dev.usher.doorkeeper;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The line that there would be if the rooms that only watch guarded, worked out from what is
 * counted anyway. It assumes that people would wait as long as it takes, and then stay as long as
 * people stay who need not wait now; so whoever is counted here is, in truth, inside.
 */
public final class VirtualLine {
  private final Deque<Group> groups = new ArrayDeque<>();
  private double places;
  private long at;
  private long admitted = -1;
  private long inLine;
  private long held;
  private long longest;
  private volatile Told told = new Told(0, 0, 0);

  /** People who came at the same tick. */
  private record Group(long at, long people) {}

  /**
   * The virtual line as of the last tick.
   *
   * @param waiting people who would wait now
   * @param held people who would have waited, since the start
   * @param longestMillis the longest wait of any of them so far
   */
  public record Told(long waiting, long held, long longestMillis) {}

  /**
   * The real counts at one tick.
   *
   * @param now milliseconds since 1970
   * @param capacity sessions that would be let in
   * @param sessions sessions there are
   * @param rate newcomers who would be let in a second, at most
   * @param admitted sessions that began, since the beginning
   */
  record Step(long now, long capacity, long sessions, double rate, long admitted) {}

  /** Moves the line on to this tick. */
  void step(Step is) {
    if (admitted < 0 || is.admitted() < admitted) {
      forget(); // the counts are of another source, or of a store that started over
    } else {
      go(is, is.admitted() - admitted);
    }
    admitted = is.admitted();
    at = is.now();
    told = new Told(inLine, held, longest);
  }

  private void go(Step is, long came) {
    // Those who would wait are inside in truth, so if the line is longer than the sessions, some of
    // it has gone.
    leave(Math.max(0, inLine - is.sessions()));
    if (came > 0) {
      groups.addLast(new Group(is.now(), came));
      inLine += came;
    }
    double seconds = Math.max(0, is.now() - at) / 1000.0;
    places = Math.min(Math.max(1, is.rate()), places + is.rate() * seconds);
    long free = is.capacity() - (is.sessions() - inLine);
    long goes = Math.max(0, Math.min(Math.min(inLine, free), (long) places));
    places -= goes;
    waited(is.now());
    leave(goes);
    Group last = groups.peekLast();
    held += last != null && last.at() == is.now() ? last.people() : 0;
  }

  private void waited(long now) {
    Group first = groups.peekFirst();
    longest = first == null ? longest : Math.max(longest, now - first.at());
  }

  /** Removes this many people from the front of the line. */
  private void leave(long people) {
    inLine -= people;
    for (long left = people; left > 0; ) {
      Group first = groups.removeFirst();
      if (first.people() > left) {
        groups.addFirst(new Group(first.at(), first.people() - left));
      }
      left -= first.people();
    }
  }

  /** Empties the line: no room watches, or another replica works it out. The counts stay. */
  void forget() {
    groups.clear();
    inLine = 0;
    admitted = -1;
    places = 0;
    told = new Told(0, held, longest);
  }

  /** The line as of the last tick. Safe for any thread. */
  public Told told() {
    return told;
  }
}
