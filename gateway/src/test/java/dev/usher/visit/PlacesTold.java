package dev.usher.visit;

import dev.usher.store.Place;
import dev.usher.visit.VisitAnswer.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The promise that places told are true, whichever gateway tells them, so that those of neighbours
 * agree: nobody is told of fewer people ahead than wait there before and after, nor of more than
 * are left of those who came first. What happened within the age of a view, either may be told.
 */
public final class PlacesTold {
  /**
   * How old a view of the line may be, with what a busy machine adds. A false place stands for
   * minutes.
   */
  private static final long VIEW_MILLIS = 3 * LinePromises.REFRESH_MILLIS;

  /** Who asks at least this often is present all the while. */
  private static final long PRESENT_MILLIS = 10_000;

  /** How many may be called, or leave without a word, between two views; and of large crowds. */
  private static final long APART_MOST = 20;

  private static final double APART_SHARE = 0.01;

  /** So many answers show it, evenly taken of more. */
  private static final int CHECKED_MOST = 20_000;

  private final List<Spell> spells = new ArrayList<>();
  private final List<Spell> gone = new ArrayList<>();
  private long longest;
  private long most;
  private long checked;

  /** Somebody held this place for so long: in line, or since they were called. */
  private record Spell(Place place, long from, long to) {
    boolean isBefore(Place other) {
      return place.epoch() == other.epoch()
          && place.lane() == other.lane()
          && place.number() < other.number();
    }
  }

  private PlacesTold(Collection<List<DiaryEntry>> visitors, Predicate<DiaryEntry> unsure) {
    for (List<DiaryEntry> one : visitors) {
      wait(one.stream().filter(each -> isTold(each) && !unsure.test(each)).toList());
      one.stream()
          .filter(each -> each.is(State.CALLED) || each.is(State.ADMITTED))
          .findFirst()
          .ifPresent(this::noteGone);
    }
  }

  /**
   * Writes down what was broken.
   *
   * @param unsure whether the gateway could not know who waits when it answered
   */
  public static void check(Diary diary, Predicate<DiaryEntry> unsure, Findings findings) {
    Map<Integer, List<DiaryEntry>> byVisitor = diary.byVisitor();
    PlacesTold told = new PlacesTold(byVisitor.values(), unsure);
    List<DiaryEntry> all = new ArrayList<>();
    for (List<DiaryEntry> one : byVisitor.values()) {
      // What was told of a place in an earlier epoch still counts after it.
      Place first = null;
      for (DiaryEntry each : one) {
        first = first == null ? each.place() : first;
        if (isTold(each) && !unsure.test(each) && isOf(each, first)) {
          all.add(each);
        }
      }
    }
    long apart = Math.max(APART_MOST, Math.round(APART_SHARE * byVisitor.size()));
    for (int i = 0; i < all.size(); i += 1 + all.size() / CHECKED_MOST) {
      told.check(all.get(i), apart, findings);
    }
    findings.measured(
        String.format(
            "places told: %d, before which up to %d waited all the while, at most %d off",
            told.checked, told.longest, told.most));
  }

  private static boolean isOf(DiaryEntry each, @Nullable Place first) {
    return first != null && each.place() != null && each.place().epoch() == first.epoch();
  }

  private static boolean isTold(DiaryEntry each) {
    return each.place() != null && each.isWaitingInOrder() && !each.answer().paused();
  }

  /** Notes from when to when one visitor waited without a pause. */
  private void wait(List<DiaryEntry> told) {
    DiaryEntry first = null;
    DiaryEntry last = null;
    for (DiaryEntry each : told) {
      if (first != null && last != null && !goesOn(last, each)) {
        spell(first, last);
        first = null;
      }
      first = first == null ? each : first;
      last = each;
    }
    if (first != null && last != null) {
      spell(first, last);
    }
  }

  private static boolean goesOn(DiaryEntry last, DiaryEntry each) {
    return each.answeredAt() - last.answeredAt() <= PRESENT_MILLIS
        && last.place() != null
        && last.place().equals(each.place());
  }

  private void spell(DiaryEntry first, DiaryEntry last) {
    if (first.place() != null) {
      spells.add(new Spell(first.place(), first.answeredAt(), last.askedAt()));
    }
  }

  private void noteGone(DiaryEntry called) {
    if (called.place() != null) {
      gone.add(new Spell(called.place(), called.answeredAt(), Long.MAX_VALUE));
    }
  }

  private void check(DiaryEntry each, long apart, Findings findings) {
    Place place = each.place();
    if (place == null) {
      return;
    }
    long seenBefore = each.askedAt() - VIEW_MILLIS;
    long seenAfter = each.answeredAt() + VIEW_MILLIS;
    long waiting =
        spells.stream()
            .filter(one -> one.isBefore(place) && one.from() <= seenBefore && one.to() >= seenAfter)
            .count();
    long left =
        place.number()
            - 1
            - gone.stream().filter(one -> one.isBefore(place) && one.from() <= seenBefore).count();
    long ahead = each.answer().ahead();
    long off = Math.max(waiting - ahead, ahead - left);
    longest = Math.max(longest, waiting);
    most = Math.max(most, off);
    checked++;
    if (off > apart) {
      findings.broken(
          "places told to neighbours agree",
          String.format(
              "%s%n      though %d waited before it all the while, and at most %d were left",
              each, waiting, left));
    }
  }
}
