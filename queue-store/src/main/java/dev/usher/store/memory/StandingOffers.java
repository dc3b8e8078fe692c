package dev.usher.store.memory;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Places offered in one epoch, until their time is over, and who found none and asks. */
final class StandingOffers {
  /** A call, remembered until its offers run out. */
  private record Offer(long deadline, long upTo) {}

  private final Deque<Offer> calls = new ArrayDeque<>();

  /** Numbers that were called and told that no place is free, until when they count as asking. */
  private final Map<Long, Long> asking = new HashMap<>();

  StandingOffers() {}

  StandingOffers(StandingOffers other) {
    calls.addAll(other.calls);
    asking.putAll(other.asking);
  }

  /** Numbers up to this one are offered a place until then. */
  void add(long upTo, long deadline) {
    calls.addLast(new Offer(deadline, upTo));
  }

  /** Up to which number nothing is offered any more, given up to which nothing was. */
  long over(long before, long now) {
    long over = before;
    while (!calls.isEmpty() && calls.getFirst().deadline() <= now) {
      over = Math.max(over, calls.removeFirst().upTo());
    }
    return over;
  }

  /** Forgets who asks no more, and tells who that is. */
  List<Long> gone(long now) {
    List<Long> gone =
        asking.entrySet().stream().filter(e -> e.getValue() <= now).map(Map.Entry::getKey).toList();
    asking.keySet().removeAll(gone);
    return gone;
  }

  int asking() {
    return asking.size();
  }

  /** How many of these numbers beyond one ask. */
  long askingAmong(BitSet numbers, long beyond) {
    return asking.keySet().stream()
        .filter(number -> number > beyond && numbers.get(number.intValue()))
        .count();
  }

  /** Adds to these numbers those that ask, up to one. */
  void addAsking(BitSet numbers, long upTo) {
    asking.keySet().stream().filter(n -> n <= upTo).forEach(n -> numbers.set(n.intValue()));
  }

  boolean asks(long number) {
    return asking.containsKey(number);
  }

  /** Returns whether the number did not ask before. */
  boolean ask(long number, long until) {
    return asking.put(number, until) == null;
  }

  /** Returns whether the number asked. */
  boolean askNoMore(long number) {
    return asking.remove(number) != null;
  }
}
