package dev.usher.visit;

import dev.usher.store.Place;
import dev.usher.visit.VisitAnswer.State;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The promises to a crowd that its diary alone can show to be broken: nobody is lost, nobody is
 * passed, no number is given twice.
 */
public final class LinePromises {
  /** A replica's view of the line is at most this old. */
  public static final long REFRESH_MILLIS = 1000;

  private final List<DiaryEntry> entries;
  private final Map<Integer, List<DiaryEntry>> byVisitor;
  private final Findings findings;

  private LinePromises(Diary diary, Findings findings) {
    this.entries = diary.entries();
    this.byVisitor = diary.byVisitor();
    this.findings = findings;
  }

  /**
   * Writes down what was broken.
   *
   * @param blind whether the replica could not know the line as the others knew it, when it was
   *     asked or when it answered
   */
  public static void check(Diary diary, Predicate<DiaryEntry> blind, Findings findings) {
    LinePromises promises = new LinePromises(diary, findings);
    promises.noNumberTwice();
    promises.nobodyIsPassed(blind);
    promises.byVisitor.values().forEach(promises::positionNeverRises);
    promises.byVisitor.values().forEach(promises::placeIsKept);
    promises.byVisitor.values().forEach(promises::whoIsInsideIsNotSentBack);
    promises.orderIsKeptAcrossEpochs();
  }

  /** The lane of one epoch. */
  private record Lane(long epoch, int lane) {
    static Lane of(Place place) {
      return new Lane(place.epoch(), place.lane());
    }
  }

  private void noNumberTwice() {
    Map<Place, DiaryEntry> holders = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (DiaryEntry each : entries) {
      if (each.place() == null) {
        continue;
      }
      DiaryEntry first = holders.putIfAbsent(each.place(), each);
      boolean twice = first != null && first.visitor() != each.visitor();
      if (twice && seen.add(each.visitor() + " " + each.place())) {
        findings.broken("no number is given twice", first + "\n      and " + each);
      }
    }
    findings.measured(String.format("numbers seen: %d", holders.size()));
  }

  private void nobodyIsPassed(Predicate<DiaryEntry> blind) {
    Map<Lane, NavigableMap<Long, DiaryEntry>> called = new HashMap<>();
    entries.stream()
        .filter(each -> each.is(State.CALLED) || each.is(State.ADMITTED))
        .sorted(Comparator.comparingLong(DiaryEntry::answeredAt))
        .forEach(each -> noteCalled(called, each));
    for (DiaryEntry each : entries) {
      Place place = each.place();
      boolean inOrder = each.isWaitingInOrder() && !each.answer().paused();
      if (place == null || !inOrder || blind.test(each)) {
        continue;
      }
      DiaryEntry later = floor(called.get(Lane.of(place)), each.askedAt() - REFRESH_MILLIS);
      if (later != null && later.number() >= place.number()) {
        findings.broken(
            "who waits is not passed by a later number", each + "\n      though " + later);
      }
    }
  }

  /** Keeps, at each moment, who had the highest number of those called so far. */
  private static void noteCalled(
      Map<Lane, NavigableMap<Long, DiaryEntry>> called, DiaryEntry each) {
    if (each.place() != null) {
      NavigableMap<Long, DiaryEntry> highest =
          called.computeIfAbsent(Lane.of(each.place()), lane -> new TreeMap<>());
      if (highest.isEmpty() || highest.lastEntry().getValue().number() < each.number()) {
        highest.put(each.answeredAt(), each);
      }
    }
  }

  private static @Nullable DiaryEntry floor(
      @Nullable NavigableMap<Long, DiaryEntry> highest, long moment) {
    Map.Entry<Long, DiaryEntry> entry = highest == null ? null : highest.floorEntry(moment);
    return entry == null ? null : entry.getValue();
  }

  private void positionNeverRises(List<DiaryEntry> one) {
    DiaryEntry last = null;
    for (DiaryEntry each : one) {
      boolean shown = each.isWaitingInOrder();
      if (shown && last != null && each.answer().ahead() > last.answer().ahead()) {
        findings.broken("the position of who stays never rises", last + "\n      then " + each);
      }
      last = shown ? each : last;
    }
  }

  private void placeIsKept(List<DiaryEntry> one) {
    DiaryEntry last = null;
    for (DiaryEntry each : one) {
      if (last != null && each.ask() != Ask.LEAVE) {
        placeIsKept(last, each);
      }
      last = each;
    }
  }

  private void placeIsKept(DiaryEntry before, DiaryEntry now) {
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

  private void whoIsInsideIsNotSentBack(List<DiaryEntry> one) {
    boolean inside = false;
    for (DiaryEntry each : one) {
      if (inside && each.is(State.WAITING)) {
        findings.broken("nobody inside is sent back to the line", each);
      }
      inside |= each.ask() == Ask.BROWSE && each.answer().status() == 200;
    }
  }

  /**
   * Who had places in an earlier epoch comes first in the next, in the order of the earlier one.
   */
  private void orderIsKeptAcrossEpochs() {
    Map<Lane, NavigableMap<Place, DiaryEntry>> moved = new HashMap<>();
    Map<Lane, DiaryEntry> newcomers = new HashMap<>();
    for (List<DiaryEntry> one : byVisitor.values()) {
      Place was = null;
      for (DiaryEntry each : one) {
        Place is = each.place();
        if (is != null && was == null) {
          newcomers.merge(Lane.of(is), each, (a, b) -> a.number() < b.number() ? a : b);
        } else if (is != null && was != null && is.epoch() > was.epoch()) {
          moved.computeIfAbsent(Lane.of(is), lane -> new TreeMap<>(Place.IN_ORDER)).put(was, each);
        }
        was = is == null ? was : is;
      }
    }
    moved.forEach((lane, byOldPlace) -> inOrder(byOldPlace, newcomers.get(lane)));
  }

  private void inOrder(NavigableMap<Place, DiaryEntry> byOldPlace, @Nullable DiaryEntry newcomer) {
    DiaryEntry last = null;
    for (DiaryEntry each : byOldPlace.values()) {
      if (last != null && last.number() > each.number()) {
        findings.broken("a new epoch keeps the old order", last + "\n      before " + each);
      }
      if (newcomer != null && newcomer.number() < each.number()) {
        findings.broken("old places come before newcomers", newcomer + "\n      before " + each);
      }
      last = each;
    }
    findings.measured(String.format("places taken over into a new epoch: %d", byOldPlace.size()));
  }
}
