package dev.usher.sim.faults;

import dev.usher.store.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** The order of one epoch: who was called when, and where visitors from older epochs stand. */
final class Order {
  /** The highest number reported as called, by time in seconds. */
  private final TreeMap<Double, Called> called = new TreeMap<>();

  private final TreeMap<Place, Long> moved = new TreeMap<>(Place.IN_ORDER);
  private final Deque<Shown> shown = new ArrayDeque<>();
  private long firstNewcomer = Long.MAX_VALUE;

  /** A number that was called, as of this time in the store. */
  private record Called(long number, double asOf) {}

  /** What a visitor was shown. */
  private record Shown(double at, long number, long ahead) {}

  /**
   * A visitor was told that their number is called.
   *
   * @param asOf the time of the store's state that they were told
   */
  void called(long number, double now, double asOf) {
    Map.Entry<Double, Called> last = called.lastEntry();
    if (last == null || number > last.getValue().number()) {
      called.put(now, new Called(number, asOf));
    }
  }

  /**
   * A greater number that was reported as called by this time, and is known; 0 if there is none.
   */
  long calledBeyond(long number, double time, Memories memories) {
    // The latest first: earlier ones were smaller.
    for (Called each : called.headMap(time, true).descendingMap().values()) {
      if (each.number() <= number) {
        return 0;
      }
      if (memories.know(each.asOf())) {
        return each.number();
      }
    }
    return 0;
  }

  /**
   * A visitor was told how many are ahead. Returns by how many this contradicts the most that was
   * recently told to anyone before them, or the fewest to anyone behind them; 0 or less if all
   * agree.
   */
  long disagreement(long number, long ahead, double now, double lately) {
    while (!shown.isEmpty() && shown.getFirst().at() < now - lately) {
      shown.removeFirst();
    }
    long most = 0;
    for (Shown each : shown) {
      long more = each.number() < number ? each.ahead() - ahead : ahead - each.ahead();
      most = each.number() == number ? most : Math.max(most, more);
    }
    shown.addLast(new Shown(now, number, ahead));
    return most;
  }

  /** A visitor who never had a place was given this number. */
  void newcomer(long number) {
    firstNewcomer = Math.min(firstNewcomer, number);
  }

  /** A visitor came from an older place. Returns whether the old order still holds. */
  boolean moves(Place from, long number) {
    moved.put(from, number);
    Map.Entry<Place, Long> before = moved.lowerEntry(from);
    Map.Entry<Place, Long> behind = moved.higherEntry(from);
    return (before == null || before.getValue() < number)
        && (behind == null || behind.getValue() > number);
  }

  /** Whether everyone who came from older places stands before all newcomers. */
  boolean olderFirst() {
    return moved.values().stream().mapToLong(Long::longValue).max().orElse(0) < firstNewcomer;
  }
}
