package dev.usher.store;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One upstream inside the process: its capacity, its leader, and the rooms that share it. */
final class MemoryPool {
  /** Who was told that no place is free while one was offered, of all rooms, in that order. */
  private final Set<Place> first = new LinkedHashSet<>();

  /** The rooms that the last step knew of. */
  private final Set<String> counted = new HashSet<>();

  final MemoryRooms rooms;
  final MemorySlots slots;
  final MemoryProofs proofs;
  private final MemoryWork work;

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
      fence = Math.max(fence + 1, now);
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

  Works work(Lease lease, WorkReport report, long now) {
    return work.work(isLedBy(lease), report, now);
  }

  MemoryPool(MemoryRooms rooms) {
    this(rooms, new MemorySlots(), new MemoryProofs(), new MemoryWork());
  }

  private MemoryPool(MemoryRooms rooms, MemorySlots slots, MemoryProofs proofs, MemoryWork work) {
    this.rooms = rooms;
    this.slots = slots;
    this.proofs = proofs;
    this.work = work;
  }

  MemoryPool(MemoryPool other) {
    this(
        new MemoryRooms(other.rooms),
        new MemorySlots(other.slots),
        new MemoryProofs(other.proofs),
        new MemoryWork(other.work));
    first.addAll(other.first);
    counted.addAll(other.counted);
    leader = other.leader;
    leaderUntil = other.leaderUntil;
    fence = other.fence;
    capacity = other.capacity;
    validUntil = other.validUntil;
    places = other.places;
    keptForCalled = other.keptForCalled;
    claimed = other.claimed;
    atOnce = other.atOnce;
  }

  void grant(Budget budget, List<Share> shares, long now) {
    counted.clear();
    shares.forEach(share -> counted.add(share.queue().room()));
    List<MemoryRoom> current = rooms.current(now);
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

  /** The same for a room; none for one that the last step did not know of. */
  long capacityFor(Queue queue, long now) {
    return counted.contains(queue.room()) ? capacityAt(now) : 0;
  }

  long capacityAt(long now) {
    return now < validUntil ? capacity : 0;
  }

  /** Places that may be given to visitors who have none yet; none after the budget ran out. */
  long free(long now) {
    return Math.max(0, Math.min(places, capacityAt(now) - sessions() - kept(now)));
  }

  /** Sessions that replicas began by themselves. */
  void begun(long sessions) {
    atOnce += sessions;
  }

  long sessions() {
    return rooms.all().stream().mapToLong(room -> room.inside.cardinality()).sum();
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
    return rooms.current(now).stream().mapToLong(MemoryRoom::offers).sum();
  }

  private long asking(long now) {
    return rooms.current(now).stream().mapToLong(MemoryRoom::askingCount).sum();
  }

  boolean nobodyWaits(long now) {
    return rooms.current(now).stream().allMatch(room -> room.inLine() == 0);
  }
}
