package dev.usher.helm.proof;

import dev.usher.helm.proof.Slices.Change;
import dev.usher.helm.proof.Told.Ask;
import dev.usher.helm.proof.Told.Served;
import dev.usher.store.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a crowd was told, and what of it breaks a promise. */
record History(List<Told> all) {
  /** Longest time for Usher to hear of a change. */
  static final long HEARS_MILLIS = 300;

  List<Told> where(Predicate<Told> what) {
    return all.stream().filter(what).toList();
  }

  List<Told> errors() {
    return where(told -> told.error() != null);
  }

  /** Neither good, nor a place in line, nor the page that says to come again. */
  List<Told> failures() {
    return where(
        told ->
            told.error() == null
                && told.status() / 100 != 2
                && told.status() != 429
                && !(told.status() == 503 && told.retryAfter() > 0));
  }

  /** Pages of 503 that said when to come again. */
  List<Told> comeAgain() {
    return where(told -> told.status() == 503 && told.retryAfter() > 0);
  }

  /** Visitors who had a place or a session and were told that they have none, or another. */
  List<String> lost() {
    List<String> lost = new ArrayList<>();
    Map<Integer, Place> places = new HashMap<>();
    Map<Place, Integer> owners = new HashMap<>();
    Set<Integer> inside = new java.util.HashSet<>();
    for (Told told : all) {
      Place place = told.place();
      if (place != null) {
        Place before = places.putIfAbsent(told.visitor(), place);
        if (before != null && !before.equals(place)) {
          lost.add("had " + before + " and now " + told);
        }
        Integer other = owners.putIfAbsent(place, told.visitor());
        if (other != null && other != told.visitor()) {
          lost.add("place of visitor " + other + " given twice: " + told);
        }
      }
      if (told.ask() != Ask.LEAVE && told.is("none") && places.containsKey(told.visitor())) {
        lost.add("had a place: " + told);
      }
      if (told.is("waiting") && inside.contains(told.visitor())) {
        lost.add("was inside: " + told);
      }
      if (told.served() != null) {
        inside.add(told.visitor());
      }
    }
    return lost;
  }

  /**
   * Pages from pods that had not been ready for longer than Usher may take to hear of it.
   *
   * @param heardMillis how long it took by its own figures, where a busy machine held it up
   */
  List<String> fromGonePods(List<Change> changes, long heardMillis) {
    long most = Math.max(HEARS_MILLIS, heardMillis);
    List<String> late = new ArrayList<>();
    for (Told told : all) {
      Served served = told.served();
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
    return where(told -> told.served() != null).stream().mapToInt(Told::visitor).distinct().count();
  }

  int mostInFlight() {
    return all.stream()
        .mapToInt(told -> told.served() == null ? 0 : told.served().inFlight())
        .max()
        .orElse(0);
  }

  /** Answers by what was asked and the status, for people. */
  String statuses() {
    Map<String, Integer> counts = new TreeMap<>();
    all.forEach(told -> counts.merge(told.ask() + " " + told.status(), 1, Integer::sum));
    return counts.toString();
  }

  /** Longest time from joining until the first page, in milliseconds. */
  long longestWait() {
    Map<Integer, Long> joined = new HashMap<>();
    long longest = 0;
    for (Told told : all) {
      if (told.ask() == Ask.JOIN) {
        joined.putIfAbsent(told.visitor(), told.askedAt());
      } else if (told.served() != null && joined.containsKey(told.visitor())) {
        longest = Math.max(longest, told.answeredAt() - joined.get(told.visitor()));
        joined.remove(told.visitor());
      }
    }
    return longest;
  }
}
