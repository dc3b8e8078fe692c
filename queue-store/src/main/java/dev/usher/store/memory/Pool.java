package dev.usher.store.memory;

import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.Gathering;
import dev.usher.store.Line;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.QueueMemory;
import dev.usher.store.RoomWeight;
import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.MoveStore;
import dev.usher.store.upstream.Note;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.Works;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One upstream inside the process: its capacity, its leader, and the rooms that share it. */
final class Pool {
  private final Askers askers = new Askers();

  /** The rooms that the last step knew of. */
  private final Set<String> counted = new HashSet<>();

  /** When visitors of a room gather, as the last step that knew of the room said. */
  private final Map<String, Gathering> gatherings = new HashMap<>();

  final LeadTable leadership = new LeadTable();
  final LiveTable live = new LiveTable();
  final MoveTable moves = new MoveTable();
  final PoolRooms rooms;
  final SlotTable slots;
  final ProofTable proofs;
  private final WorkTable work;
  private final NoteTable notes;

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

  Sharing share(String replica, Lease lease, SlotReport report, long now) {
    return slots.share(replica, leadership.isOf(lease), report, now);
  }

  long grant(Lease lease, Grants grants, long now) {
    return slots.grant(leadership.isOf(lease), grants, now);
  }

  Works work(Lease lease, WorkReport report, long now) {
    return work.work(leadership.isOf(lease), report, now);
  }

  Note note(Lease lease, String heading, @Nullable String text, long now) {
    return notes.note(leadership.isOf(lease), heading, text, now);
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
    askers.become(other.askers);
    counted.addAll(other.counted);
    gatherings.putAll(other.gatherings);
    open = other.open;
    leadership.become(other.leadership);
    live.become(other.live);
    moves.become(other.moves);
    capacity = other.capacity;
    validUntil = other.validUntil;
    places = other.places;
    keptForCalled = other.keptForCalled;
    claimed = other.claimed;
    atOnce = other.atOnce;
  }

  MoveStore.Outcome move(Move move, long now) {
    return moves.move(rooms.whole(move.room(), now), move);
  }

  void restore(Queue queue, QueueMemory remembered, long now) {
    if (rooms.restore(queue, remembered, now)) {
      validUntil = 0;
    }
  }

  /** Counts the rooms of a step, and sets what they may have until the next. */
  void begin(Budget budget, List<RoomWeight> shares, long now) {
    capacity = budget.capacity();
    places = budget.places();
    validUntil = now + budget.validFor().toMillis();
    List<RoomEpoch> current = new ArrayList<>();
    Tally counts = new Tally();
    counted.clear();
    for (RoomWeight share : shares) {
      RoomEpoch room = rooms.room(share.queue(), now);
      current.add(room);
      counted.add(share.queue().room());
      gatherings.put(share.queue().room(), share.gathering());
      long inside = rooms.inside(share.queue());
      long takes = live.takes(share.queue().room(), inside);
      room.limit.letIn(takes, room);
      counts.inside += inside;
      counts.addLine(room.counts, takes);
    }
    rooms.counts.set(counts);
    askers.sweep(place -> current.stream().noneMatch(room -> isInTurn(room, place)));
    keptForCalled = Math.min(counts.offers, budget.kept());
  }

  Calling called(long count) {
    places -= count;
    keptForCalled += count;
    rooms.counts.offers += count;
    long free = capacity - sessions() - (askers.nobodyFirst() ? keptForCalled : 0);
    open = askers.numberAfter(Queue.SPARE + Math.min(askers.count(), Math.max(0, free)));
    long offers = rooms.counts.offers + rooms.counts.asking;
    return new Calling(true, sessions(), offers, count, claimed, atOnce);
  }

  /** Whether nobody of the room is called, whatever is free. */
  boolean isShut(RoomEpoch room, long now) {
    return room.paused || gathers(room.queue, now);
  }

  /** Of newcomers to a room where nobody waits, so many come in at once, which it counts. */
  int admittedAtOnce(RoomEpoch room, int most, long now) {
    if (capacityFor(room, now) <= 0 || rooms.counts.hungry > 0) {
      return 0;
    }
    long may = Math.min(free(), live.left(room.queue.room()));
    int admitted = (int) Math.max(0, Math.min(most, may));
    live.spend(room.queue.room(), admitted);
    rooms.counts.inside += admitted;
    room.counts.inside += admitted;
    places -= admitted;
    atOnce += admitted;
    return admitted;
  }

  /** So many came and wait; the next step might call them, or not whatever is free. */
  void joined(RoomEpoch room, int count, long now) {
    boolean hungry = !isShut(room, now) && live.left(room.queue.room()) > 0;
    rooms.counts.join(room.counts, count, hungry);
  }

  private static boolean isInTurn(RoomEpoch room, Place place) {
    return room.queue.room().equals(place.room())
        && room.epoch == place.epoch()
        && place.number() < room.limit.open()
        && room.offers.asks(place.number());
  }

  /** A called place becomes a session. */
  void claimed(RoomEpoch room, Place place) {
    claimed++;
    offeredNoMore(room, place);
    rooms.counts.inside++;
    room.counts.inside++;
    askNoMore(room, place);
  }

  /** A called visitor found no place free, and asks for the next; if kept out, of the room only. */
  void refused(RoomEpoch room, Place place, boolean keptOut, long now) {
    if (keptOut) {
      forget(List.of(place));
    } else {
      boolean asks = room.offers.asks(place.number());
      askers.add(place, place.number() > room.offered && !asks);
    }
    offeredNoMore(room, place);
    if (room.offers.ask(place.number(), now + room.queue.offer().toMillis())) {
      rooms.counts.asking += countsHere(room, place) ? 1 : 0;
      room.counts.asking++;
    }
  }

  /**
   * Whether the place of a called visitor is among those of all rooms, offered or asked for: the
   * last step did not count whom the limit of the room keeps out.
   */
  private static boolean countsHere(RoomEpoch room, Place place) {
    return place.number() < room.limit.open();
  }

  /** Whoever came in or left asks no more. Returns whether they did. */
  private boolean askNoMore(RoomEpoch room, Place place) {
    forget(List.of(place));
    boolean asked = room.offers.askNoMore(place.number());
    if (asked && !room.span.isOver()) {
      rooms.counts.asksNoMore(room.counts, countsHere(room, place));
    }
    return asked;
  }

  void forget(List<Place> places) {
    askers.forget(places);
  }

  private void offeredNoMore(RoomEpoch room, Place place) {
    if (room.isOffered(place.number())) {
      lessOffered(room, place);
      keptForCalled = Math.max(0, keptForCalled - (countsHere(room, place) ? 1 : 0));
    }
  }

  private void lessOffered(RoomEpoch room, Place place) {
    rooms.counts.offeredNoMore(room.counts, countsHere(room, place));
  }

  /** A visitor gives up the place or the session. */
  void left(RoomEpoch room, Place place) {
    int number = (int) place.number();
    if (room.claimed.get(number)) {
      if (room.inside.get(number)) {
        room.inside.clear(number);
        rooms.counts.inside = Math.max(0, rooms.counts.inside - 1);
        room.counts.inside = Math.max(0, room.counts.inside - 1);
      }
      return;
    }
    if (!askNoMore(room, place) && !room.span.isOver() && room.waiting.get(number)) {
      if (number > room.called) {
        rooms.counts.waitsNoMore(room.counts);
      } else if (room.isOffered(number)) {
        lessOffered(room, place);
      }
    }
    room.waitsNoMore(number);
  }

  /** Sessions, and the places that a called visitor who claims must leave to others. */
  long taken(RoomEpoch room, Place place) {
    boolean offered = place.number() > room.offered;
    if (offered && !room.offers.asks(place.number())) {
      return sessions() + (askers.nobodyFirst() ? 0 : askers.count());
    }
    // What is kept for the called stays free for them, while none of them was told that it is not.
    // Those who ask compete with each other only, by number: if each left free what is kept for the
    // others, nobody would come in.
    return sessions() + askers.before(place) + (askers.nobodyFirst() ? keptForCalled() : 0);
  }

  /** Of the called, numbers before this one may find a place if they ask now. */
  long open() {
    return open;
  }

  /** The capacity for a room; none for one that the last step did not know of. */
  long capacityFor(RoomEpoch room, long now) {
    return counted.contains(room.queue.room()) ? capacityAt(now) : 0;
  }

  /** Whether visitors of the room gather, so that nobody comes in. */
  boolean gathers(Queue queue, long now) {
    return gatherings.getOrDefault(queue.room(), Gathering.NONE).lasts(now);
  }

  long capacityAt(long now) {
    return now < validUntil ? capacity : 0;
  }

  /** Places that may be given to visitors who have none yet. */
  long free() {
    return Math.min(places, spare());
  }

  /** The same however fast they fill. */
  long spare() {
    return capacity - sessions() - keptForCalled() - rooms.counts.asking;
  }

  /** Sessions that replicas began by themselves. */
  void begun(long sessions) {
    atOnce += sessions;
  }

  long sessions() {
    return rooms.counts.inside;
  }

  /** Places kept free for visitors who were called and may still claim in time. */
  private long keptForCalled() {
    return Math.min(rooms.counts.offers, keptForCalled);
  }
}
