package dev.usher.store;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who of an upstream was told that no place is free and asks for the next, kept in the most naive
 * way: in the order in which they were first told, as far as that is certain.
 */
final class NaiveAsking {
  /** When one was last told, and whether certainly while a place was offered. */
  private record Told(long at, boolean first) {}

  private final Map<Place, Told> told = new LinkedHashMap<>();

  /** Where in the order they are is open: they were told, but maybe not as one of the offers. */
  private final Set<Place> open = new HashSet<>();

  void full(NaiveQueue room, Place place, long now) {
    Told before = told.get(place);
    boolean still = before != null && asks(room.queue, before, now);
    boolean first =
        before == null ? room.certainlyOffered(place.number(), now) : still && before.first();
    told.put(place, new Told(now, first));
    if (!first) {
      open.add(place);
    }
  }

  void noMore(Place place) {
    told.remove(place);
  }

  void startEpoch(NaiveQueue room) {
    told.keySet().removeIf(place -> place.room().equals(room.queue.room()));
  }

  /** How many certainly ask, whose places nobody may have who has none yet. */
  long asking(Queue queue, long now) {
    return told.values().stream().filter(each -> asks(queue, each, now)).count();
  }

  /** How many certainly come before this place, should a place fall free. */
  long before(Queue queue, Place place, long now) {
    if (open.contains(place)) {
      return 0;
    }
    return told.entrySet().stream()
        .takeWhile(each -> !each.getKey().equals(place))
        .filter(each -> each.getValue().first() && asks(queue, each.getValue(), now))
        .count();
  }

  private static boolean asks(Queue queue, Told told, long now) {
    return now - told.at() < queue.offer().toMillis() - NaiveQueue.SLACK_MS;
  }
}
