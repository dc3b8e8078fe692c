package dev.usher.store.memory;

import dev.usher.store.Line;
import dev.usher.store.Place;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Who asks, of all rooms of an upstream: those who were called and told that no place is free. */
final class Askers {
  /**
   * Of the first, so many are looked at in a step for who asks in vain, and as many again while
   * that is one in four, up to so many: what a step costs does not grow with those who go on.
   */
  private static final int LOOKED_AT = 200;

  private static final int LOOKED_AT_MOST = 5000;

  /** Those who were told so while a place was offered, in that order. */
  private final Set<Place> first = new LinkedHashSet<>();

  /** All of them, by number. */
  private final NavigableSet<Place> turns =
      new TreeSet<>(
          Comparator.comparingLong(Place::number)
              .thenComparing(Place::room)
              .thenComparingLong(Place::epoch));

  void become(Askers other) {
    first.addAll(other.first);
    turns.addAll(other.turns);
  }

  /**
   * Notes who asks.
   *
   * @param offered whether a place is offered to them, for the first time that they ask
   */
  void add(Place place, boolean offered) {
    if (offered) {
      first.add(place);
    }
    turns.add(place);
  }

  void forget(List<Place> places) {
    places.forEach(first::remove);
    places.forEach(turns::remove);
  }

  /** Forgets who asks in vain, as far as a step may look. */
  void sweep(Predicate<Place> inVain) {
    sweep(first, inVain);
    sweep(turns, inVain);
  }

  private static void sweep(Collection<Place> them, Predicate<Place> inVain) {
    Iterator<Place> each = them.iterator();
    int gone = LOOKED_AT;
    for (int seen = 0; each.hasNext() && seen < LOOKED_AT_MOST && 4 * gone >= LOOKED_AT; ) {
      gone = 0;
      for (int end = seen + LOOKED_AT; seen < end && each.hasNext(); seen++) {
        if (inVain.test(each.next())) {
          each.remove();
          gone++;
        }
      }
    }
  }

  /** Whether nobody was told that no place is free while one was offered. */
  boolean nobodyFirst() {
    return first.isEmpty();
  }

  int count() {
    return turns.size();
  }

  /** How many ask who come before this one. */
  int before(Place place) {
    return turns.headSet(place).size();
  }

  /** The number of whom so many come before; everyone's if no more ask. */
  long numberAfter(long many) {
    return turns.stream().skip(many).findFirst().map(Place::number).orElse(Line.EVERYONE);
  }
}
