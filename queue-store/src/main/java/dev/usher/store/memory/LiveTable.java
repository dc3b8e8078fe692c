package dev.usher.store.memory;

import dev.usher.store.upstream.LiveChange;
import dev.usher.store.upstream.LiveSet;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.LiveStore;
import dev.usher.store.upstream.LiveStore.Annals;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What operators set for the rooms of one upstream, and the record of it, inside the process. */
final class LiveTable {
  private final Map<String, LiveState> states = new HashMap<>();

  /** Of rooms that are there: what claims, arrivals and steps of calling go by. */
  private final Map<String, LiveState> inForce = new HashMap<>();

  private final Map<String, Allowance> allowances = new HashMap<>();
  private final Map<String, Integer> bonuses = new HashMap<>();
  private final Map<Annals, Deque<String>> records = new EnumMap<>(Annals.class);

  /** How many may come into a limited room until the next step of calling, and what is saved up. */
  private record Allowance(long left, double credit, long at) {}

  void become(LiveTable other) {
    states.putAll(other.states);
    inForce.putAll(other.inForce);
    allowances.putAll(other.allowances);
    bonuses.putAll(other.bonuses);
    other.records.forEach((annals, lines) -> records.put(annals, new ArrayDeque<>(lines)));
  }

  LiveState state(String room) {
    return states.getOrDefault(room, LiveState.unset(room));
  }

  List<LiveState> tell(List<LiveState> known, PoolRooms rooms, long now) {
    for (LiveState each : known) {
      if (each.at() > state(each.room()).at()) {
        states.put(each.room(), each);
      }
    }
    rooms.forEach(room -> enforce(room, now));
    return known.stream().map(each -> state(each.room())).toList();
  }

  private void enforce(RoomEpoch room, long now) {
    LiveState state = state(room.queue.room());
    if (state.at() > 0) {
      room.paused = state.isShut();
      LiveState before = inForce(state.room());
      if (before.sessions() != state.sessions() || before.perMinute() != state.perMinute()) {
        // Until the next step of calling has worked out how many may come in.
        allowances.put(state.room(), new Allowance(0, 0, now));
      }
      inForce.put(state.room(), state);
    }
  }

  private LiveState inForce(String room) {
    return inForce.getOrDefault(room, LiveState.unset(room));
  }

  LiveSet set(LiveChange change, PoolRooms rooms, long now) {
    LiveState wanted = change.wanted();
    boolean done = state(wanted.room()).at() == wanted.at();
    if (done) {
      states.put(wanted.room(), wanted.at(Math.max(now, wanted.at() + 1)));
      note(Annals.CHANGES, change.entry());
    }
    rooms.forEach(
        room -> {
          if (room.queue.room().equals(wanted.room())) {
            enforce(room, now);
            bonuses.merge(wanted.room(), done ? change.call() : 0, Integer::sum);
          }
        });
    return new LiveSet(done, state(wanted.room()));
  }

  void record(Annals annals, String entry) {
    LiveStore.checkEntry(entry);
    note(annals, entry);
  }

  private void note(Annals annals, String entry) {
    Deque<String> lines = records.computeIfAbsent(annals, a -> new ArrayDeque<>());
    lines.addFirst(entry);
    if (lines.size() > LiveStore.RECORD_MAX) {
      lines.removeLast();
    }
  }

  List<String> recorded(Annals annals) {
    return List.copyOf(records.getOrDefault(annals, new ArrayDeque<>()));
  }

  /** Visitors to be called once beyond the pace; none a second time. */
  int bonus(String room) {
    Integer bonus = bonuses.remove(room);
    return bonus == null ? 0 : bonus;
  }

  /** How many more the room may have when so many are taken. */
  long takes(String room, long taken) {
    long most = inForce(room).sessions();
    return most == LiveState.UNLIMITED ? Long.MAX_VALUE : Math.max(0, most - taken);
  }

  /** Works out how many may come into the room until the next step of calling. */
  long step(String room, long taken, long now) {
    LiveState state = inForce(room);
    if (!state.isLimited()) {
      return Long.MAX_VALUE;
    }
    Allowance before = allowances.getOrDefault(room, new Allowance(0, 0, now));
    long may = takes(room, taken);
    double credit = 0;
    if (state.perMinute() != LiveState.UNLIMITED) {
      // Saved up for two seconds at most, two of few, or what a step leaves over would be lost.
      double minute = state.perMinute();
      double most = minute == 0 ? 0 : Math.max(2, minute / 30);
      credit = Math.min(most, before.credit() + minute * (now - before.at()) / 60_000);
      may = Math.min(may, (long) credit);
    }
    may = Math.max(0, may); // the credit may be below 0
    allowances.put(room, new Allowance(may, credit, now));
    return may;
  }

  /** How many may come in before the next step of calling. */
  long left(String room) {
    Allowance allowance = allowances.get(room);
    return !inForce(room).isLimited() || allowance == null ? Long.MAX_VALUE : allowance.left();
  }

  /** So many were called or admitted at once. */
  void spend(String room, long count) {
    allowances.computeIfPresent(
        room, (r, had) -> new Allowance(had.left() - count, had.credit() - count, had.at()));
  }
}
