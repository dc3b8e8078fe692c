package dev.usher.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One upstream inside the process: its capacity, its leader, and the rooms that share it. */
final class MemoryPool {
  /** Rooms by name, each with its current epoch last; the older ones still have sessions. */
  private final Map<String, List<MemoryRoom>> rooms = new HashMap<>();

  String leader = "";
  long leaderUntil;
  long fence;

  private long capacity;
  private long validUntil;

  /** Visitors that may still be called or admitted at once before the next step. */
  private long places;

  /** Of the places offered to called visitors, so many are kept free, at most. */
  private long keptForCalled;

  private long claimed;
  private long atOnce;

  MemoryRoom room(Queue queue, long now) {
    List<MemoryRoom> epochs = rooms.computeIfAbsent(queue.room(), r -> new ArrayList<>());
    if (epochs.isEmpty()) {
      epochs.add(new MemoryRoom(queue, Math.max(1, now / 1000)));
    }
    return epochs.get(epochs.size() - 1);
  }

  /** The room at this epoch, if it is current or has sessions left. */
  MemoryRoom roomAt(Queue queue, long epoch, long now) {
    MemoryRoom current = room(queue, now);
    for (MemoryRoom each : rooms.getOrDefault(queue.room(), List.of())) {
      if (each.epoch == epoch) {
        return each;
      }
    }
    // None: an empty one that nobody can have a place in.
    return current.epoch == epoch ? current : new MemoryRoom(queue, epoch);
  }

  boolean isCurrent(MemoryRoom room, long now) {
    return room(room.queue, now) == room;
  }

  long startEpoch(Queue queue, long now) {
    MemoryRoom old = room(queue, now);
    MemoryRoom fresh = new MemoryRoom(queue, Math.max(old.epoch + 1, now / 1000));
    fresh.paused = old.paused;
    rooms.getOrDefault(queue.room(), new ArrayList<>()).add(fresh);
    return fresh.epoch;
  }

  void merge(Queue queue, long now) {
    MemoryRoom current = room(queue, now);
    List<MemoryRoom> epochs = rooms.getOrDefault(queue.room(), List.of());
    epochs.forEach(room -> room.merge(now));
    epochs.removeIf(room -> room != current && room.isOver());
  }

  /** Who left of the epochs before this one, by epoch. */
  Map<Long, Bits> leftBefore(MemoryRoom current) {
    Map<Long, Bits> left = new HashMap<>();
    for (MemoryRoom room : rooms.getOrDefault(current.queue.room(), List.of())) {
      if (room != current) {
        left.put(room.epoch, Bits.of(room.left));
      }
    }
    return left;
  }

  void grant(Budget budget, long now) {
    capacity = budget.capacity();
    places = budget.places();
    keptForCalled = Math.min(offered(now), budget.kept());
    validUntil = now + budget.validFor().toMillis();
  }

  Calling called(long count, long now) {
    places -= count;
    keptForCalled += count;
    return new Calling(true, sessions(), offers(now), count, claimed, atOnce);
  }

  void admittedAtOnce(long count) {
    places -= count;
    atOnce += count;
  }

  /** A place became a session; whether one was kept for it. */
  void claimed(boolean counted) {
    claimed++;
    if (counted) {
      keptForCalled = Math.max(0, keptForCalled - 1);
    }
  }

  long capacityAt(long now) {
    return now < validUntil ? capacity : 0;
  }

  /** Places that may be given to visitors who have none yet; none after the budget ran out. */
  long free(long now) {
    return Math.max(0, Math.min(places, capacityAt(now) - sessions() - kept(now)));
  }

  long sessions() {
    return all().stream().mapToLong(room -> room.inside.cardinality()).sum();
  }

  /** Places nobody else may have: for called visitors as many as expected, for who asks always. */
  private long kept(long now) {
    return keptForCalled(now) + asking(now);
  }

  /** Places kept free for visitors who were called and may still claim in time. */
  long keptForCalled(long now) {
    return Math.min(offered(now), keptForCalled);
  }

  /** Places offered and not claimed, and those who ask for one. */
  long offers(long now) {
    return offered(now) + asking(now);
  }

  private long offered(long now) {
    return current(now).stream().mapToLong(MemoryRoom::offers).sum();
  }

  private long asking(long now) {
    return current(now).stream().mapToLong(MemoryRoom::askingCount).sum();
  }

  boolean nobodyWaits(long now) {
    return current(now).stream().allMatch(room -> room.inLine() == 0);
  }

  private Collection<MemoryRoom> all() {
    return rooms.values().stream().flatMap(List::stream).toList();
  }

  private List<MemoryRoom> current(long now) {
    return all().stream().filter(room -> isCurrent(room, now)).toList();
  }
}
