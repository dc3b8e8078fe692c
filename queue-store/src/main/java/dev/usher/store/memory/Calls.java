package dev.usher.store.memory;

import dev.usher.store.Budget;
import dev.usher.store.Calling;
import dev.usher.store.RoomWeight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A step of calling inside the process. */
final class Calls {
  private Calls() {}

  /**
   * The sharing of the free places of one step.
   *
   * @param given what each room has so far
   * @param most what each may have, by its limits, with what an operator wants called
   */
  private record Round(Pool pool, Map<RoomEpoch, Long> given, Map<RoomEpoch, Long> most, long now) {
    long share(List<RoomWeight> rooms, long free) {
      List<RoomWeight> inLine = new ArrayList<>();
      for (RoomWeight share : rooms) {
        RoomEpoch room = pool.rooms.room(share.queue(), now);
        if (pool.isShut(room, now) || given.getOrDefault(room, 0L) >= wanted(room)) {
          room.turn = 0;
        } else {
          inLine.add(share);
        }
      }
      long left = free;
      for (; left > 0 && !inLine.isEmpty(); left--) {
        RoomWeight next = next(pool, inLine, now);
        RoomEpoch room = pool.rooms.room(next.queue(), now);
        if (given.merge(room, 1L, Long::sum) >= wanted(room)) {
          inLine.remove(next);
        }
      }
      return Math.max(0, free) - Math.max(0, left);
    }

    private long wanted(RoomEpoch room) {
      return Math.min(room.callable(), most.getOrDefault(room, 0L));
    }
  }

  static Calling call(Pool pool, Budget budget, List<RoomWeight> rooms, long now) {
    rooms.stream()
        .filter(each -> pool.rooms.knows(each.queue()))
        .forEach(each -> pool.forget(pool.rooms.merge(each.queue(), now)));
    List<RoomEpoch> current =
        rooms.stream().map(each -> pool.rooms.room(each.queue(), now)).toList();
    if (current.stream().anyMatch(room -> pool.rooms.recovery(room).admitsAt > now)) {
      return Calling.SETTLING;
    }
    pool.begin(budget, rooms, now);
    long called = callByWeight(pool, rooms, pool.free(), now);
    Calling calling = pool.called(called);
    rooms.forEach(share -> pool.rooms.roll(share.queue(), now));
    return calling;
  }

  /**
   * First whom an operator wants called beyond the pace and the limit a minute; then smooth
   * weighted round robin, in which a room where nobody waits saves no turns for later.
   */
  private static long callByWeight(Pool pool, List<RoomWeight> rooms, long free, long now) {
    Map<RoomEpoch, Long> hand = new HashMap<>();
    Map<RoomEpoch, Long> most = new HashMap<>();
    long spare = pool.spare();
    long byHand = 0;
    for (RoomWeight share : rooms) {
      RoomEpoch room = pool.rooms.room(share.queue(), now);
      String name = share.queue().room();
      long inside = pool.rooms.inside(share.queue());
      long taken = inside + room.counts.offers + room.counts.asking;
      long bonus = Math.min(pool.live.bonus(name), spare - byHand);
      long may = Math.min(room.callable(), pool.live.takes(name, taken));
      long first = pool.isShut(room, now) ? 0 : Math.max(0, Math.min(bonus, may));
      long then = pool.live.step(name, taken + first, now);
      hand.put(room, first);
      most.put(room, then == Long.MAX_VALUE ? then : first + then);
      byHand += first;
    }
    long left = Math.min(free, spare - byHand);
    Map<RoomEpoch, Long> given = new HashMap<>(hand);
    Round round = new Round(pool, given, most, now);
    long called = byHand + round.share(rooms, left);
    given.forEach(
        (room, places) -> {
          long first = hand.getOrDefault(room, 0L);
          boolean passes = left > 0 && most.getOrDefault(room, 0L) > first;
          boolean shut = pool.isShut(room, now);
          pool.rooms.counts.hunger(
              room.counts, shut ? 0 : Math.max(0, round.wanted(room) - places));
          if (!shut && (places > 0 || passes)) {
            pool.live.spend(room.queue.room(), places - first);
            room.call(places, now);
          }
        });
    return called;
  }

  /** The share whose turn it is; it pays for it with the turns of all. */
  private static RoomWeight next(Pool pool, List<RoomWeight> inLine, long now) {
    RoomWeight best = inLine.get(0);
    int total = 0;
    for (RoomWeight share : inLine) {
      RoomEpoch room = pool.rooms.room(share.queue(), now);
      room.turn += share.weight();
      total += share.weight();
      if (room.turn > pool.rooms.room(best.queue(), now).turn) {
        best = share;
      }
    }
    pool.rooms.room(best.queue(), now).turn -= total;
    return best;
  }
}
