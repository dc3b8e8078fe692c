package dev.usher.helm.proof;

import dev.usher.helm.proof.Slices.Change;
import dev.usher.visit.Ask;
import dev.usher.visit.DiaryEntry;
import dev.usher.visit.VisitAnswer.Served;
import dev.usher.visit.VisitAnswer.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a crowd was told, and what of it pods that come and go may not bring about. */
record History(List<DiaryEntry> all) {
  /** Longest time for Usher to hear of a change. */
  static final long HEARS_MILLIS = 300;

  List<DiaryEntry> where(Predicate<DiaryEntry> what) {
    return all.stream().filter(what).toList();
  }

  List<DiaryEntry> errors() {
    return where(told -> told.is(State.SILENCE));
  }

  /** Neither good, nor a place in line, nor the page that says to come again. */
  List<DiaryEntry> failures() {
    return where(
        told ->
            !told.is(State.SILENCE)
                && told.answer().status() / 100 != 2
                && told.answer().status() != 429
                && !(told.answer().status() == 503 && told.answer().againMillis() > 0));
  }

  /** Pages of 503 that said when to come again. */
  List<DiaryEntry> comeAgain() {
    return where(told -> told.answer().status() == 503 && told.answer().againMillis() > 0);
  }

  /**
   * Pages from pods that had not been ready for longer than Usher may take to hear of it.
   *
   * @param heardMillis how long it took by its own figures, where a busy machine held it up
   */
  List<String> fromGonePods(List<Change> changes, long heardMillis) {
    long most = Math.max(HEARS_MILLIS, heardMillis);
    List<String> late = new ArrayList<>();
    for (DiaryEntry told : all) {
      Served served = told.answer().served();
      if (served != null) {
        long since = goneSince(served, changes);
        // Asked before that, it was in flight.
        if (told.askedAt() - since > most) {
          late.add((told.askedAt() - since) + " ms after it was gone: " + told);
        }
      }
    }
    return late;
  }

  /** When the pod went that was gone as the request came; the request's time where it was there. */
  private static long goneSince(Served served, List<Change> changes) {
    long gone = served.cameAt();
    boolean known = false;
    for (Change change : changes) {
      if (change.atMillis() > served.cameAt()) {
        break;
      }
      boolean there = change.ready().contains(served.pod());
      if (there) {
        gone = served.cameAt();
      } else if (known) {
        gone = Math.min(gone, change.atMillis());
      }
      known |= there;
    }
    return gone;
  }

  /** How many came in. */
  long cameIn() {
    return where(told -> told.answer().served() != null).stream()
        .mapToInt(DiaryEntry::visitor)
        .distinct()
        .count();
  }

  int mostInFlight() {
    return all.stream()
        .mapToInt(told -> told.answer().served() == null ? 0 : told.answer().served().inFlight())
        .max()
        .orElse(0);
  }

  /** Answers by what was asked and the status, for people. */
  String statuses() {
    Map<String, Integer> counts = new TreeMap<>();
    all.forEach(told -> counts.merge(told.ask() + " " + told.answer().status(), 1, Integer::sum));
    return counts.toString();
  }

  /** Longest time from joining until the first page, in milliseconds. */
  long longestWait() {
    Map<Integer, Long> joined = new HashMap<>();
    long longest = 0;
    for (DiaryEntry told : all) {
      if (told.ask() == Ask.JOIN) {
        joined.putIfAbsent(told.visitor(), told.askedAt());
      } else if (told.answer().served() != null && joined.containsKey(told.visitor())) {
        longest = Math.max(longest, told.answeredAt() - joined.get(told.visitor()));
        joined.remove(told.visitor());
      }
    }
    return longest;
  }
}
