package dev.usher.store.memory;

import dev.usher.store.Bits;
import dev.usher.store.Claim;
import dev.usher.store.Line;
import dev.usher.store.Newcomers;
import dev.usher.store.NumberBlock;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import dev.usher.store.SessionStanding;

/** What becomes of single visitors inside the process. */
final class Visits {
  private static final int LANE = 0;

  private final Pool pool;
  private final Queue queue;
  private final long now;

  Visits(Pool pool, Queue queue, long now) {
    this.pool = pool;
    this.queue = queue;
    this.now = now;
  }

  NumberBlock arrive(Newcomers newcomers) {
    RoomEpoch room = pool.rooms.room(queue, now);
    Recovery recovery = pool.rooms.recovery(room);
    if (recovery.blocks.isLate(newcomers.heard())) {
      return NumberBlock.HELD;
    }
    pool.rooms.hear(queue, newcomers.heard(), now);
    if (recovery.holds(now)) {
      recovery.standBy(newcomers);
      return NumberBlock.HELD;
    }
    int numbers = (int) Math.min(newcomers.count(), room.numbersLeft());
    int admitted = admittedAtOnce(room, recovery, numbers);
    // Here and nowhere else the line is known as it is: thousands may come between two ticks.
    long joins = Math.max(0, newcomers.waitingMax() - room.counts.waiting);
    int given = (int) Math.min(numbers, admitted + joins);
    if (given <= 0) {
      return new NumberBlock(room.epoch, LANE, 0, 0, 0);
    }
    int first = (int) room.issued + 1;
    int enter = first + admitted;
    int end = first + given;
    room.enter(first, enter, now);
    room.join(enter, end, now);
    pool.joined(room, end - enter, now);
    room.issued += given;
    room.called += admitted;
    recovery.blocks.given(newcomers.heard(), new Blocks.Block(room.epoch, first, end));
    return new NumberBlock(room.epoch, LANE, first, given, admitted);
  }

  private int admittedAtOnce(RoomEpoch room, Recovery recovery, int most) {
    return pool.isShut(room, now) || recovery.admitsAt > now || room.called != room.issued
        ? 0
        : pool.admittedAtOnce(room, most, now);
  }

  Line line() {
    if (!pool.rooms.knows(queue)) {
      return Line.unknown(now);
    }
    RoomEpoch room = pool.rooms.room(queue, now);
    pool.rooms.recovery(room).asked(now);
    return new Line(
        room.epoch,
        LANE,
        room.issued,
        room.called,
        room.offered,
        Math.min(pool.open(), room.limit.open()),
        room.paused,
        Bits.of(room.inSpan(room.waiting)),
        Bits.of(room.inSpan(room.left)),
        pool.rooms.leftBefore(room),
        new Line.Counts(
            room.counts.waiting,
            pool.rooms.inside(queue),
            pool.sessions(),
            pool.capacityAt(now),
            room.inUse(),
            room.counts.asking,
            pool.moves.count(queue.room(), room.epoch)),
        pool.rooms.recovery(room).told().during(room.cutOff()),
        now);
  }

  Claim claim(Place place) {
    RoomEpoch room = pool.rooms.roomAt(queue, place.epoch(), now);
    Recovery recovery = pool.rooms.recovery(pool.rooms.room(queue, now));
    int number = (int) place.number();
    if (recovery.isUncounted(now)) {
      return Claim.HELD;
    }
    if (!pool.rooms.has(room, place, now)) {
      return Claim.UNKNOWN;
    }
    if (room.claimed.get(number)) {
      if (room.left.get(number) || !room.inside.get(number)) {
        return Claim.OVER;
      }
      room.seenInside(number, number + 1, now);
      return Claim.INSIDE;
    }
    if (room.left.get(number)) {
      return Claim.OVER;
    }
    if (!pool.rooms.isCurrent(room, now)) {
      return Claim.UNKNOWN;
    }
    if (number > room.called) {
      return Claim.NOT_CALLED;
    }
    if (room.paused || pool.gathers(queue, now)) {
      return Claim.PAUSED;
    }
    return recovery.admitsAt > now ? Claim.HELD : claimCalled(room, place);
  }

  private Claim claimCalled(RoomEpoch room, Place place) {
    boolean keptOut = isKeptOut(room, place);
    if (keptOut || pool.taken(room, place) >= pool.capacityFor(room, now)) {
      pool.refused(room, place, keptOut, now);
      return Claim.FULL;
    }
    int number = (int) place.number();
    pool.claimed(room, place);
    room.enter(number, number + 1, now);
    room.waitsNoMore(number);
    room.span.include(Bits.chunkOf(number));
    return Claim.ADMITTED;
  }

  private boolean isKeptOut(RoomEpoch room, Place place) {
    long takes = pool.live.takes(queue.room(), pool.rooms.inside(queue));
    return takes == 0 || (takes < Long.MAX_VALUE && place.number() >= room.limit.open());
  }

  SessionStanding stay(Place place) {
    RoomEpoch room = pool.rooms.roomAt(queue, place.epoch(), now);
    int number = (int) place.number();
    if (room.left.get(number)) {
      return SessionStanding.LEFT;
    }
    Recovery recovery = pool.rooms.recovery(pool.rooms.room(queue, now));
    if (recovery.isUncounted(now) || !room.claimed.get(number) || !room.inside.get(number)) {
      return SessionStanding.LAPSED;
    }
    room.seenInside(number, number + 1, now);
    return SessionStanding.COUNTED;
  }

  boolean leave(Place place) {
    RoomEpoch room = pool.rooms.roomAt(queue, place.epoch(), now);
    int number = (int) place.number();
    if (!pool.rooms.has(room, place, now) || room.left.get(number)) {
      return false;
    }
    boolean over = room.claimed.get(number) && !room.inside.get(number);
    room.joined.set(number);
    room.left.set(number);
    pool.left(room, place);
    return !over;
  }
}
