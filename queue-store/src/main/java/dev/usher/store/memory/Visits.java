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
    long joins = Math.max(0, newcomers.waitingMax() - room.inLine());
    int given = (int) Math.min(numbers, admitted + joins);
    if (given <= 0) {
      return new NumberBlock(room.epoch, LANE, 0, 0, 0);
    }
    long first = room.issued + 1;
    int enter = (int) first + admitted;
    int end = (int) first + given;
    room.joined.set((int) first, end);
    room.claimed.set((int) first, enter);
    room.inside.set((int) first, enter);
    room.waiting.set(enter, end);
    room.seenInside(now, (int) first, enter);
    room.seenWaiting(now, enter, end);
    room.issued += given;
    room.called += admitted;
    recovery.blocks.given(newcomers.heard(), new Blocks.Block(room.epoch, (int) first, end));
    return new NumberBlock(room.epoch, LANE, first, given, admitted);
  }

  private int admittedAtOnce(RoomEpoch room, Recovery recovery, int most) {
    if (room.paused
        || recovery.admitsAt > now
        || room.called != room.issued
        || pool.capacityFor(queue, now) <= 0
        || !pool.nobodyWaits(now)) {
      return 0;
    }
    int admitted = (int) Math.min(most, pool.free(now));
    pool.admittedAtOnce(admitted);
    return admitted;
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
        pool.open(),
        room.paused,
        Bits.of(room.waiting),
        Bits.of(room.left),
        pool.rooms.leftBefore(room),
        new Line.Counts(
            room.inLine(),
            pool.rooms.inside(queue),
            pool.sessions(),
            pool.capacityAt(now),
            room.span(),
            room.askingCount()),
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
    if (number > room.issued) {
      return Claim.UNKNOWN;
    }
    if (room.claimed.get(number)) {
      if (room.left.get(number) || !room.inside.get(number)) {
        return Claim.OVER;
      }
      room.seenInside(now, number, number + 1);
      return Claim.ADMITTED;
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
    if (room.paused) {
      return Claim.PAUSED;
    }
    return recovery.admitsAt > now ? Claim.HELD : claimCalled(room, place);
  }

  private Claim claimCalled(RoomEpoch room, Place place) {
    if (pool.taken(room, place, now) >= pool.capacityFor(queue, now)) {
      pool.refused(room, place, now);
      return Claim.FULL;
    }
    int number = (int) place.number();
    pool.claimed(room, place);
    room.joined.set(number);
    room.claimed.set(number);
    room.inside.set(number);
    room.waitsNoMore(number);
    room.seenInside(now, number, number + 1);
    room.askNoMore(number);
    return Claim.ADMITTED;
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
    room.seenInside(now, number, number + 1);
    return SessionStanding.COUNTED;
  }

  void leave(Place place) {
    RoomEpoch room = pool.rooms.roomAt(queue, place.epoch(), now);
    int number = (int) place.number();
    if (number <= room.issued) {
      room.joined.set(number);
      room.left.set(number);
      room.waitsNoMore(number);
      room.inside.clear(number);
      room.askNoMore(number);
      pool.forget(place);
    }
  }
}
