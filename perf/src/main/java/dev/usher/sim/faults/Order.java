package dev.usher.sim.faults;

import dev.usher.store.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** The order of one epoch: who was called when, and where those stand who came from older ones. */
final class Order {
  /** The highest number told to be called, by the time in seconds. */
  private final TreeMap<Double, Called> called = new TreeMap<>();

  private final TreeMap<Place, Long> moved = new TreeMap<>(Place.IN_ORDER);
  private final Deque<Shown> shown = new ArrayDeque<>();
  private long firstNewcomer = Long.MAX_VALUE;

  /** A number that was called, as the store knew it at this time. */
  private record Called(long number, double asOf) {}

  /** What somebody was shown. */
  private record Shown(double at, long number, long ahead) {}

  /**
   * Somebody was told that their number is called.
   *
   * @param asOf when the store knew what was told
   */
  void called(long number, double now, double asOf) {
    Map.Entry<Double, Called> last = called.lastEntry();
    if (last == null || number > last.getValue().number()) {
      called.put(now, new Called(number, asOf));
    }
  }

  /** A number greater than this that was told to be called by this time, and is known; else 0. */
  long calledBeyond(long number, double time, Memories memories) {
    // The latest first: what was told before it was a smaller number.
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
   * Somebody was told how many are ahead. By how many the most that is who was told lately and
   * stands before them, or the fewest behind them; 0 or less where all agree.
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

  /** Somebody who never had a place was given this number. */
  void newcomer(long number) {
    firstNewcomer = Math.min(firstNewcomer, number);
  }

  /** Somebody came from an older place. Whether the old order still holds. */
  boolean moves(Place from, long number) {
    moved.put(from, number);
    Map.Entry<Place, Long> before = moved.lowerEntry(from);
    Map.Entry<Place, Long> behind = moved.higherEntry(from);
    return (before == null || before.getValue() < number)
        && (behind == null || behind.getValue() > number);
  }

  /** Whether all who came from older places stand before all newcomers. */
  boolean olderFirst() {
    return moved.values().stream().mapToLong(Long::longValue).max().orElse(0) < firstNewcomer;
  }
}
