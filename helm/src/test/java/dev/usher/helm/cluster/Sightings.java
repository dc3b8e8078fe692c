package dev.usher.helm.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.helm.cluster.Slices.Change;
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

  /** At this moment it used these addresses, and had room for so many sessions. */
  record Sighting(long atMillis, Set<String> used, int capacity) {}

  Sightings(String ops, Http http) {
    this.ops = ops;
    this.http = http;
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    while (!over) {
      try {
        Sighting seen = sighting(http.json(ops + "/api/upstreams"));
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

  private static Sighting sighting(JsonNode answer) {
    JsonNode upstream = answer.at("/upstreams/0");
    Set<String> used = new TreeSet<>();
    for (JsonNode pod : upstream.path("pods")) {
      if (pod.path("ready").asBoolean()) {
        used.add(pod.path("pod").asText().replaceAll("^.*//|:\\d+$", ""));
      }
    }
    return new Sighting(System.currentTimeMillis(), used, upstream.path("capacity").asInt());
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
   * How long after each change this replica used just those pods, or those of a later change; and
   * had the capacity that goes with them.
   */
  List<Long> lags(List<Change> changes, int perPod) {
    List<Long> lags = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      lags.add(lag(changes.subList(i, changes.size()), perPod));
    }
    return lags;
  }

  private long lag(List<Change> changes, int perPod) {
    long since = changes.get(0).atMillis();
    for (Sighting seen : all()) {
      boolean follows =
          changes.stream()
              .map(Change::ready)
              .anyMatch(
                  ready -> ready.equals(seen.used()) && seen.capacity() == ready.size() * perPod);
      if (follows && seen.atMillis() >= since - EVERY_MILLIS) {
        return Math.max(0, seen.atMillis() - since);
      }
    }
    return Long.MAX_VALUE;
  }

  @Override
  public void close() {
    over = true;
  }
}
