package dev.usher.store.memory;

import dev.usher.store.Queue;
import java.util.HashMap;
import java.util.Map;

/** Epochs whose last session is over, for a day: somebody may come back to one. */
final class EndedEpochs {
  /** By room and epoch. */
  private final Map<String, Map<Long, Ended>> rooms = new HashMap<>();

  /** One of them, and until when it is remembered. */
  private record Ended(RoomEpoch room, long until) {}

  /** Takes over copies of what the other remembers. */
  void set(EndedEpochs other) {
    other.rooms.forEach(
        (name, epochs) -> {
          Map<Long, Ended> copies = new HashMap<>();
          epochs.forEach(
              (epoch, each) ->
                  copies.put(epoch, new Ended(new RoomEpoch(each.room()), each.until())));
          rooms.put(name, copies);
        });
  }

  /** Ends the epoch. */
  void remember(RoomEpoch room, long now) {
    room.end();
    rooms
        .computeIfAbsent(room.queue.room(), r -> new HashMap<>())
        .put(room.epoch, new Ended(room, now + Queue.KEPT.toMillis()));
  }

  /** The epoch is not over after all. */
  void forget(RoomEpoch room) {
    rooms.getOrDefault(room.queue.room(), new HashMap<>()).remove(room.epoch);
  }

  /** Forgets those of the room that ended a day ago. */
  void sweep(String room, long now) {
    rooms.getOrDefault(room, new HashMap<>()).values().removeIf(each -> each.until() <= now);
  }

  /** An epoch that is over here, or was never known. */
  RoomEpoch at(Queue queue, long epoch) {
    Ended known = rooms.getOrDefault(queue.room(), Map.of()).get(epoch);
    return known == null ? new RoomEpoch(queue, epoch) : known.room();
  }
}
