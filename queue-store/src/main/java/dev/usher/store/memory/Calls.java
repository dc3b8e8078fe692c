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

  /** Smooth weighted round robin; a room where nobody waits saves no turns for later. */
  private static long callByWeight(Pool pool, List<RoomWeight> rooms, long free, long now) {
    Map<RoomEpoch, Long> given = new HashMap<>();
    List<RoomWeight> inLine = new ArrayList<>();
    for (RoomWeight share : rooms) {
      RoomEpoch room = pool.rooms.room(share.queue(), now);
      given.put(room, 0L);
      if (isShut(pool, room, now) || room.callable() == 0) {
        room.turn = 0;
      } else {
        inLine.add(share);
      }
    }
    long left = free;
    for (; left > 0 && !inLine.isEmpty(); left--) {
      RoomWeight next = next(pool, inLine, now);
      RoomEpoch room = pool.rooms.room(next.queue(), now);
      if (given.merge(room, 1L, Long::sum) == room.callable()) {
        inLine.remove(next);
      }
    }
    given.forEach(
        (room, places) -> {
          if (free > 0 && !isShut(pool, room, now)) {
            pool.rooms.counts.waiting -= room.call(places, now);
          }
        });
    return free - left;
  }

  private static boolean isShut(Pool pool, RoomEpoch room, long now) {
    return room.paused || pool.gathers(room.queue, now);
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
