package dev.usher.store;

import java.util.HashMap;
import java.util.Map;

/**
 * Who of an upstream was told that no place is free and asks for the next, kept in the most naive
 * way.
 */
final class NaiveAsking {
  /** When one was last told. */
  private record Told(long at) {}

  private final Map<Place, Told> told = new HashMap<>();

  void full(Place place, long now) {
    told.put(place, new Told(now));
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

  /**
   * How many certainly come before this place, should a place fall free: those with lesser numbers,
   * but for one who may hold an offer, while perhaps nobody was told so who held one.
   */
  long before(NaiveQueue room, Place place, long now) {
    Told own = told.get(place);
    boolean asks = own != null && asks(room.queue, own, now);
    if (!asks && !room.certainlyNotOffered(place.number())) {
      return 0;
    }
    return told.entrySet().stream()
        .filter(each -> each.getKey().number() < place.number())
        .filter(each -> asks(room.queue, each.getValue(), now))
        .count();
  }

  private static boolean asks(Queue queue, Told told, long now) {
    return now - told.at() < queue.offer().toMillis() - NaiveQueue.SLACK_MS;
  }
}
