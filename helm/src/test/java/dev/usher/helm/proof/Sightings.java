package dev.usher.helm.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.helm.proof.Slices.Change;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks one replica fifty times a second which pods it uses and what they can carry. */
final class Sightings implements AutoCloseable {
  private static final long EVERY_MILLIS = 20;

  private final String ops;
  private final Http http;
  private final List<Sighting> all = new ArrayList<>();
  private final Thread thread = new Thread(this::look, "sightings");
  private volatile boolean over;

  /**
   * At some moment between these two it used these addresses, and had room for so many sessions.
   */
  record Sighting(long askedAt, long toldAt, Set<String> used, int capacity) {}

  Sightings(String ops, Http http) {
    this.ops = ops;
    this.http = http;
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    while (!over) {
      try {
        long askedAt = System.currentTimeMillis();
        Sighting seen = sighting(askedAt, http.json(ops + "/api/upstreams"));
        synchronized (all) {
          all.add(seen);
        }
      } catch (UncheckedIOException e) {
        // It is being restarted, or the test ends; what was not seen is not measured.
        Until.pause(EVERY_MILLIS);
      }
      Until.pause(EVERY_MILLIS);
    }
  }

  private static Sighting sighting(long askedAt, JsonNode answer) {
    JsonNode upstream = answer.at("/upstreams/0");
    Set<String> used = new TreeSet<>();
    for (JsonNode pod : upstream.path("pods")) {
      if (pod.path("ready").asBoolean()) {
        used.add(pod.path("pod").asText().replaceAll("^.*//|:\\d+$", ""));
      }
    }
    int capacity = upstream.path("capacity").asInt();
    return new Sighting(askedAt, System.currentTimeMillis(), used, capacity);
  }

  List<Sighting> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  /** The last one; null for none yet. */
  @Nullable Sighting last() {
    List<Sighting> seen = all();
    return seen.isEmpty() ? null : seen.get(seen.size() - 1);
  }

  int capacity() {
    Sighting last = last();
    return last == null ? -1 : last.capacity();
  }

  /**
   * How long it took until a replica used just the pods that a change had left, or those of a later
   * change, and had the capacity that goes with them.
   *
   * @param atLeast until it was last asked and answered otherwise: what a busy machine makes an
   *     answer wait is not in it
   * @param atMost until it was known
   */
  record Lag(long atLeast, long atMost) {
    @Override
    public String toString() {
      return atLeast + "-" + atMost;
    }
  }

  /** The lag of each change, in milliseconds. */
  List<Lag> lags(List<Change> changes, int perPod) {
    List<Lag> lags = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      lags.add(lag(changes.subList(i, changes.size()), perPod));
    }
    return lags;
  }

  private Lag lag(List<Change> changes, int perPod) {
    long since = changes.get(0).atMillis();
    long otherwise = since;
    for (Sighting seen : all()) {
      boolean follows =
          changes.stream()
              .map(Change::ready)
              .anyMatch(
                  ready -> ready.equals(seen.used()) && seen.capacity() == ready.size() * perPod);
      if (follows && seen.toldAt() >= since - EVERY_MILLIS) {
        return new Lag(otherwise - since, Math.max(0, seen.toldAt() - since));
      }
      otherwise = Math.max(otherwise, seen.askedAt());
    }
    return new Lag(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  @Override
  public void close() {
    over = true;
  }
}
