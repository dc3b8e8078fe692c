package dev.usher.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One upstream inside the process: its capacity, its leader, and the rooms that share it. */
final class MemoryPool {
  /** Rooms by name, each with its current epoch last; the older ones still have sessions. */
  private final Map<String, List<MemoryRoom>> rooms = new HashMap<>();

  /** Who was told that no place is free while one was offered, of all rooms, in that order. */
  private final Set<Place> first = new LinkedHashSet<>();

  final MemorySlots slots = new MemorySlots();

  private String leader = "";
  private long leaderUntil;
  private long fence;

  private long capacity;
  private long validUntil;

  /** Visitors that may still be called or admitted at once before the next step. */
  private long places;

  /** Of the places offered to called visitors, so many are kept free, at most. */
  private long keptForCalled;

  private long claimed;
  private long atOnce;

  /** Returns the leader's fence, 0 while another leads. */
  long lead(String replica, long termMillis, long now) {
    if (!leader.equals(replica)) {
      if (leaderUntil > now) {
        return 0;
      }
      leader = replica;
      fence = Math.max(fence + 1, now / 1000);
    }
    leaderUntil = now + termMillis;
    return fence;
  }

  boolean isLedBy(Lease lease) {
    return lease.held() && lease.fence() == fence;
  }

  Sharing share(String replica, Lease lease, SlotReport report, long now) {
    return slots.share(replica, isLedBy(lease), report, now);
  }

  long grant(Lease lease, Grants grants, long now) {
    return slots.grant(isLedBy(lease), grants, now);
  }

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
    List<MemoryRoom> current = current(now);
    first.removeIf(place -> current.stream().noneMatch(room -> asks(room, place)));
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

  private static boolean asks(MemoryRoom room, Place place) {
    return room.queue.room().equals(place.room())
        && room.epoch == place.epoch()
        && room.asks(place.number());
  }

  /** A called place became a session. */
  void claimed(MemoryRoom room, Place place) {
    claimed++;
    offeredNoMore(room, place);
    first.remove(place);
  }

  /** A called visitor found no place free, and asks for the next. */
  void refused(MemoryRoom room, Place place, long now) {
    offeredNoMore(room, place);
    if (place.number() > room.offered) {
      first.add(place);
    }
    room.ask(place.number(), now);
  }

  /** Whoever left is not first in line any more. */
  void forget(Place place) {
    first.remove(place);
  }

  private void offeredNoMore(MemoryRoom room, Place place) {
    if (room.isOffered(place.number())) {
      keptForCalled = Math.max(0, keptForCalled - 1);
    }
  }

  /** Sessions, and the places that a called visitor who claims must leave to others. */
  long taken(MemoryRoom room, Place place, long now) {
    if (first.contains(place)) {
      return sessions() + first.stream().takeWhile(before -> !before.equals(place)).count();
    }
    // What is kept for the called stays free for them. Those who ask after a missed turn compete
    // with each other only: if each left free what is kept for the others, nobody would come in.
    boolean offered = place.number() > room.offered;
    return sessions() + first.size() + (offered ? 0 : keptForCalled(now));
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
  private long keptForCalled(long now) {
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
