package dev.usher.faults;

import dev.usher.faults.History.Trouble;
import dev.usher.faults.Told.Ask;
import dev.usher.faults.Told.State;
import dev.usher.store.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must hold of numbers and of the order in which they are called, over a whole run. */
final class OrderRules {
  /** A replica's view of the line is at most so old. */
  private static final long REFRESH_MILLIS = 1000;

  /**
   * And is so again so soon after the replica, or its way to the store, is back: what was lost is
   * brought back for three seconds, then the line is read.
   */
  private static final long CATCH_UP_MILLIS = 3000 + REFRESH_MILLIS;

  /** Whoever waits asks at least so often. */
  private static final long ASKS_MILLIS = 3500;

  private final List<Told> told;
  private final List<Trouble> troubles;
  private final Findings findings;
  private final Map<Integer, List<Told>> byVisitor = new TreeMap<>();

  private OrderRules(History history, Findings findings) {
    this.told = history.told();
    this.troubles = history.troubles();
    this.findings = findings;
    told.forEach(
        each -> byVisitor.computeIfAbsent(each.visitor(), v -> new ArrayList<>()).add(each));
  }

  static void check(History history, int places, Findings findings) {
    OrderRules rules = new OrderRules(history, findings);
    rules.noNumberTwice();
    rules.nobodyIsPassed();
    rules.positionsNeverRise();
    rules.placesAreKept();
    rules.orderIsKeptAcrossEpochs();
    rules.whoAsksIsNotOvertaken(places);
  }

  /** The lane of one epoch. */
  private record Lane(long epoch, int lane) {
    static Lane of(Place place) {
      return new Lane(place.epoch(), place.lane());
    }
  }

  private void noNumberTwice() {
    Map<Place, Told> holders = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Told each : told) {
      if (each.place() == null) {
        continue;
      }
      Told first = holders.putIfAbsent(each.place(), each);
      boolean twice = first != null && first.visitor() != each.visitor();
      if (twice && seen.add(each.visitor() + " " + each.place())) {
        findings.broken("no number is given twice", first + "\n      and " + each);
      }
    }
    findings.measured(String.format("numbers seen: %d", holders.size()));
  }

  private void nobodyIsPassed() {
    Map<Lane, NavigableMap<Long, Told>> called = new HashMap<>();
    told.stream()
        .filter(each -> each.is(State.CALLED) || each.is(State.ADMITTED))
        .sorted(Comparator.comparingLong(Told::answeredAt))
        .forEach(each -> noteCalled(called, each));
    for (Told each : told) {
      Place place = each.place();
      if (place == null || !isWaitingInOrder(each) || isBlind(each)) {
        continue;
      }
      Told later = floor(called.get(Lane.of(place)), each.askedAt() - REFRESH_MILLIS);
      if (later != null && number(later) >= place.number()) {
        findings.broken(
            "who waits is not passed by a later number", each + "\n      though " + later);
      }
    }
  }

  /** Keeps, at each moment, who had the highest number of those called so far. */
  private static void noteCalled(Map<Lane, NavigableMap<Long, Told>> called, Told each) {
    if (each.place() != null) {
      NavigableMap<Long, Told> highest =
          called.computeIfAbsent(Lane.of(each.place()), lane -> new TreeMap<>());
      if (highest.isEmpty() || number(highest.lastEntry().getValue()) < number(each)) {
        highest.put(each.answeredAt(), each);
      }
    }
  }

  private static @Nullable Told floor(@Nullable NavigableMap<Long, Told> highest, long moment) {
    Map.Entry<Long, Told> entry = highest == null ? null : highest.floorEntry(moment);
    return entry == null ? null : entry.getValue();
  }

  private static long number(Told each) {
    Place place = each.place();
    return place == null ? 0 : place.number();
  }

  /** Who is not told how many are ahead has no number for now, and no order is known yet. */
  private static boolean isWaitingInOrder(Told each) {
    return each.is(State.WAITING) && each.answer().ahead() >= 0 && !each.answer().paused();
  }

  private boolean isBlind(Told each) {
    return troubles.stream()
        .anyMatch(
            trouble ->
                trouble.blinds(each.replica(), each.askedAt(), CATCH_UP_MILLIS)
                    || trouble.blinds(each.replica(), each.answeredAt(), CATCH_UP_MILLIS));
  }

  private void positionsNeverRise() {
    for (List<Told> one : byVisitor.values()) {
      Told last = null;
      for (Told each : one) {
        boolean shown = each.is(State.WAITING) && each.answer().ahead() >= 0;
        if (shown && last != null && each.answer().ahead() > last.answer().ahead()) {
          findings.broken("the position of who stays never rises", last + "\n      then " + each);
        }
        last = shown ? each : last;
      }
    }
  }

  private void placesAreKept() {
    for (List<Told> one : byVisitor.values()) {
      Told last = null;
      for (Told each : one) {
        if (last != null && each.ask() != Ask.LEAVE) {
          placeIsKept(last, each);
        }
        last = each;
      }
    }
  }

  private void placeIsKept(Told before, Told now) {
    Place was = before.place();
    Place is = now.place();
    if (was != null && now.is(State.NONE)) {
      findings.broken("nobody with a place is told to start anew", now);
    }
    if (was == null || is == null || was.equals(is)) {
      return;
    }
    if (is.epoch() <= was.epoch()) {
      findings.broken("a place is kept as long as its epoch", before + "\n      then " + now);
    }
  }

  /** When somebody with a number came in. */
  private record Entry(Place place, long at, List<Told> asked) {}

  /** After the visitors' way was cut, no more come in before an earlier one who asks than fit. */
  private void whoAsksIsNotOvertaken(int places) {
    long since =
        troubles.stream()
            .filter(trouble -> trouble.fault() instanceof StreetFault)
            .mapToLong(Trouble::to)
            .max()
            .orElse(Long.MAX_VALUE);
    List<Entry> entries =
        byVisitor.values().stream()
            .flatMap(one -> entry(one).stream())
            .filter(entry -> entry.at() > since)
            .toList();
    long most = 0;
    for (Entry one : entries) {
      most = Math.max(most, entries.stream().filter(other -> overtakes(other, one)).count());
    }
    if (most > places) {
      findings.broken("who asks is not overtaken by more than there are places", most);
    }
    findings.measured(String.format("overtaken at most by %d, of %d", most, entries.size()));
  }

  private static Optional<Entry> entry(List<Told> one) {
    return one.stream()
        .filter(each -> each.is(State.ADMITTED) && each.place() != null)
        .findFirst()
        .map(each -> new Entry(Objects.requireNonNull(each.place()), each.answeredAt(), one));
  }

  private static boolean overtakes(Entry other, Entry one) {
    return other.place().epoch() == one.place().epoch()
        && other.place().number() > one.place().number()
        && other.at() < one.at()
        && one.asked().stream()
            .anyMatch(
                each ->
                    !each.is(State.SILENCE)
                        && each.answeredAt() <= other.at() - REFRESH_MILLIS
                        && each.answeredAt() > other.at() - ASKS_MILLIS);
  }

  /**
   * Who had places in an earlier epoch comes first in the next, in the order of the earlier one.
   */
  private void orderIsKeptAcrossEpochs() {
    Map<Lane, NavigableMap<Place, Told>> moved = new HashMap<>();
    Map<Lane, Told> newcomers = new HashMap<>();
    for (List<Told> one : byVisitor.values()) {
      Place was = null;
      for (Told each : one) {
        Place is = each.place();
        if (is != null && was == null) {
          newcomers.merge(Lane.of(is), each, (a, b) -> number(a) < number(b) ? a : b);
        } else if (is != null && was != null && is.epoch() > was.epoch()) {
          moved.computeIfAbsent(Lane.of(is), lane -> new TreeMap<>(Place.IN_ORDER)).put(was, each);
        }
        was = is == null ? was : is;
      }
    }
    moved.forEach((lane, byOldPlace) -> inOrder(byOldPlace, newcomers.get(lane)));
  }

  private void inOrder(NavigableMap<Place, Told> byOldPlace, @Nullable Told newcomer) {
    Told last = null;
    for (Told each : byOldPlace.values()) {
      if (last != null && number(last) > number(each)) {
        findings.broken("a new epoch keeps the old order", last + "\n      before " + each);
      }
      if (newcomer != null && number(newcomer) < number(each)) {
        findings.broken("old places come before newcomers", newcomer + "\n      before " + each);
      }
      last = each;
    }
    findings.measured(String.format("places taken over into a new epoch: %d", byOldPlace.size()));
  }
}
