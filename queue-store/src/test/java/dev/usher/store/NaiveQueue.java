package dev.usher.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known for certain of one room's queue, kept in the most naive way: everyone in a set.
 * Where the contract leaves the store a choice, the model only checks that the choice was allowed.
 */
final class NaiveQueue {
  /** A real store's clock moves while the test asks: what happens this close to an edge is open. */
  static final long SLACK_MS = 200;

  final Queue queue;
  long epoch;
  long issued;
  long called;

  /** When numbers up to this one were called, at the earliest. */
  private final NavigableMap<Long, Long> calledAt = new TreeMap<>();

  private long lastStep;

  /** When each waiting visitor was last seen, by number. */
  final NavigableMap<Long, Long> waiting = new TreeMap<>();

  /** When each session was last seen, by place, over all epochs. */
  final Map<Place, Long> sessions = new HashMap<>();

  final Set<Place> everGiven = new HashSet<>();
  final Set<Place> everClaimed = new HashSet<>();
  final Set<Place> left = new HashSet<>();

  NaiveQueue(Queue queue) {
    this.queue = queue;
  }

  Place place(long number) {
    return new Place(queue.room(), epoch, 0, number);
  }

  void startEpoch(long next) {
    if (next <= epoch) {
      throw new AssertionError("Epoch " + next + " does not follow " + epoch);
    }
    epoch = next;
    issued = 0;
    called = 0;
    waiting.clear();
    calledAt.clear();
  }

  void calledUpTo(long number, long now) {
    lastStep = now;
    if (number > called) {
      called = number;
      calledAt.put(number, now);
    }
  }

  /** Certainly called so long ago that the time of the offer is over, and a step was made since. */
  boolean certainlyNotOffered(long number) {
    Map.Entry<Long, Long> at = calledAt.ceilingEntry(number);
    return at != null && lastStep - at.getValue() > queue.offer().toMillis() + SLACK_MS;
  }

  /** Certainly present: seen within the current window and the two before, whatever their edges. */
  boolean certainlyPresent(long number, long now) {
    Long seen = waiting.get(number);
    return seen != null && now - seen < 2 * queue.presenceWindow().toMillis();
  }

  /**
   * Certainly called before anybody behind them: while a crowd is absent in a mass, only who was
   * seen in the current window or the last one is.
   */
  boolean certainlyCallable(long number, long now) {
    Long seen = waiting.get(number);
    boolean mass = waiting.size() >= Queue.CROWD;
    return mass
        ? seen != null && now - seen < queue.presenceWindow().toMillis()
        : certainlyPresent(number, now);
  }

  /** At most so many have lost their turn since a crowd is cut off; they come in before others. */
  long turnsLost(Line line) {
    boolean cutOff = line.recovery().cutOff().lasts();
    return cutOff ? waiting.headMap(line.called(), true).size() : 0;
  }

  /** Certainly gone: not seen for three windows and more. */
  boolean certainlyGone(long number, long now) {
    Long seen = waiting.get(number);
    return seen == null || now - seen >= 3 * queue.presenceWindow().toMillis();
  }

  /** Sessions that must be counted: a pass issued when last seen may still be valid. */
  long sessionsAtLeast(long now) {
    long span = (Queue.SESSION_WINDOWS - 1) * queue.sessionWindow().toMillis() - SLACK_MS;
    return sessions.values().stream().filter(seen -> now - seen < span).count();
  }
}
