package dev.usher.store.memory;

import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.RoomWeight;
import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Note;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.Works;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One upstream inside the process: its capacity, its leader, and the rooms that share it. */
final class Pool {
  /** So many more than there are places may ask: some places fall free before the next step. */
  private static final int SPARE = 4;

  /** Who was told that no place is free while one was offered, of all rooms. */
  private final Set<Place> first = new HashSet<>();

  /** Who asks, of all rooms, by number. */
  private final NavigableSet<Place> turns =
      new TreeSet<>(Comparator.comparingLong(Place::number).thenComparing(Place::room));

  /** The rooms that the last step knew of. */
  private final Set<String> counted = new HashSet<>();

  final PoolRooms rooms;
  final SlotTable slots;
  final ProofTable proofs;
  private final WorkTable work;
  private final NoteTable notes;

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

  /** Of the called, who may find a place if they ask now. */
  private long open = Line.EVERYONE;

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

  Note note(Lease lease, String heading, @Nullable String text, long now) {
    return notes.note(isLedBy(lease), heading, text, now);
  }

  Pool(PoolRooms rooms) {
    this(rooms, new SlotTable(), new ProofTable(), new WorkTable(), new NoteTable());
  }

  // Rule zero: these are all parts of an upstream; a record of them would have no other use.
  private Pool(
      PoolRooms rooms, SlotTable slots, ProofTable proofs, WorkTable work, NoteTable notes) {
    this.rooms = rooms;
    this.slots = slots;
    this.proofs = proofs;
    this.work = work;
    this.notes = notes;
  }

  Pool(Pool other) {
    this(
        new PoolRooms(other.rooms),
        new SlotTable(other.slots),
        new ProofTable(other.proofs),
        new WorkTable(other.work),
        new NoteTable(other.notes));
    first.addAll(other.first);
    turns.addAll(other.turns);
    open = other.open;
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

  void grant(Budget budget, List<RoomWeight> shares, long now) {
    counted.clear();
    shares.forEach(share -> counted.add(share.queue().room()));
    List<RoomEpoch> current = rooms.current(now);
    first.removeIf(place -> current.stream().noneMatch(room -> asks(room, place)));
    turns.removeIf(place -> current.stream().noneMatch(room -> asks(room, place)));
    capacity = budget.capacity();
    places = budget.places();
    keptForCalled = Math.min(offered(now), budget.kept());
    validUntil = now + budget.validFor().toMillis();
  }

  Calling called(long count, long now) {
    places -= count;
    keptForCalled += count;
    long free = capacity - sessions() - (first.isEmpty() ? keptForCalled(now) : 0);
    long may = SPARE + Math.min(turns.size(), Math.max(0, free));
    open = turns.stream().skip(may).findFirst().map(Place::number).orElse(Line.EVERYONE);
    return new Calling(true, sessions(), offers(now), count, claimed, atOnce);
  }

  void admittedAtOnce(long count) {
    places -= count;
    atOnce += count;
  }

  private static boolean asks(RoomEpoch room, Place place) {
    return room.queue.room().equals(place.room())
        && room.epoch == place.epoch()
        && room.asks(place.number());
  }

  /** A called place became a session. */
  void claimed(RoomEpoch room, Place place) {
    claimed++;
    offeredNoMore(room, place);
    forget(place);
  }

  /** A called visitor found no place free, and asks for the next. */
  void refused(RoomEpoch room, Place place, long now) {
    offeredNoMore(room, place);
    if (place.number() > room.offered && !room.asks(place.number())) {
      first.add(place);
    }
    turns.add(place);
    room.ask(place.number(), now);
  }

  /** Whoever came in or left asks no more. */
  void forget(Place place) {
    first.remove(place);
    turns.remove(place);
  }

  private void offeredNoMore(RoomEpoch room, Place place) {
    if (room.isOffered(place.number())) {
      keptForCalled = Math.max(0, keptForCalled - 1);
    }
  }

  /** Sessions, and the places that a called visitor who claims must leave to others. */
  long taken(RoomEpoch room, Place place, long now) {
    boolean offered = place.number() > room.offered;
    if (offered && !room.asks(place.number())) {
      return sessions() + (first.isEmpty() ? 0 : turns.size());
    }
    // What is kept for the called stays free for them, while none of them was told that it is not.
    // Those who ask compete with each other only, by number: if each left free what is kept for the
    // others, nobody would come in.
    long before = turns.headSet(place).size();
    return sessions() + before + (first.isEmpty() ? keptForCalled(now) : 0);
  }

  /** Of the called, numbers before this one may find a place if they ask now. */
  long open() {
    return open;
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
    return rooms.current(now).stream().mapToLong(RoomEpoch::offers).sum();
  }

  private long asking(long now) {
    return rooms.current(now).stream().mapToLong(RoomEpoch::askingCount).sum();
  }

  boolean nobodyWaits(long now) {
    return rooms.current(now).stream().allMatch(room -> room.inLine() == 0);
  }
}
