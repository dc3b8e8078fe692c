package dev.usher.store.memory;

import dev.usher.store.Bits;
import dev.usher.store.Enlisted;
import dev.usher.store.Heard;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueMemory;
import dev.usher.store.Standby;
import dev.usher.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rooms of one upstream inside the process: their epochs, and what each lost and got back. */
final class PoolRooms {
  /** Rooms by name, each with its current epoch last; the older ones still have sessions. */
  private final Map<String, List<RoomEpoch>> rooms = new HashMap<>();

  /** What each room has lost and got back. */
  private final Map<String, Recovery> recoveries = new HashMap<>();

  private final Duration settle;

  /**
   * @param settle how long a room settles that is found empty; nothing where nothing can be lost
   */
  PoolRooms(Duration settle) {
    this.settle = settle;
  }

  PoolRooms(PoolRooms other) {
    this(other.settle);
    other.rooms.forEach(
        (name, epochs) ->
            rooms.put(name, new ArrayList<>(epochs.stream().map(RoomEpoch::new).toList())));
    other.recoveries.forEach((name, each) -> recoveries.put(name, new Recovery(each)));
  }

  /** Whether anything is known of the room, or nothing can have been lost. */
  boolean knows(Queue queue) {
    return settle.isZero() || rooms.containsKey(queue.room());
  }

  /** The current epoch of the room. */
  RoomEpoch room(Queue queue, long now) {
    List<RoomEpoch> epochs = rooms.get(queue.room());
    if (epochs != null) {
      RoomEpoch current = epochs.get(epochs.size() - 1);
      if (recovery(current).settlesAfterOutage(queue, now, settle)) {
        current.unseen(now);
      }
      return current;
    }
    if (!knows(queue)) {
      throw new StoreUnavailableException(
          "The store knows nothing of room " + queue.room() + " until a replica has restored it");
    }
    return found(queue, Math.max(1, now / 1000), now);
  }

  private RoomEpoch found(Queue queue, long epoch, long now) {
    RoomEpoch room = new RoomEpoch(queue, epoch);
    rooms.put(queue.room(), new ArrayList<>(List.of(room)));
    recoveries.put(queue.room(), new Recovery(now, settle));
    return room;
  }

  Recovery recovery(RoomEpoch room) {
    return recoveries.computeIfAbsent(room.queue.room(), r -> new Recovery(0, settle));
  }

  /** Another server goes on with what is here, which may lack the last writes. */
  void takenOver(long now) {
    rooms.values().forEach(epochs -> epochs.get(epochs.size() - 1).issued += Bits.CHUNK);
    recoveries.values().forEach(each -> each.settle(now, settle));
  }

  void restore(Queue queue, QueueMemory remembered, long now) {
    long epoch = remembered.line().epoch();
    if (!rooms.containsKey(queue.room())) {
      found(queue, epoch == 0 ? Math.max(1, now / 1000) : epoch, now);
    }
    RoomEpoch room = room(queue, now);
    Recovery recovery = recovery(room);
    if (epoch == 0) {
      return;
    }
    if (room.epoch != epoch) {
      // Until it has settled nobody has a place in an epoch that was begun for want of a better
      // one.
      boolean begun = recovery.settlesAt > now && room.issued == 0 && !recovery.restored;
      if (!begun && epoch < room.epoch) {
        return;
      }
      room = goOnWith(room, epoch);
    }
    long issued = remembered.line().issued();
    if (issued > room.issued || !recovery.restored) {
      room.issued = Math.max(room.issued, issued + Bits.CHUNK);
    }
    if (remembered.line().time() > recovery.rememberedAt) {
      recovery.rememberedAt = remembered.line().time();
      room.paused = remembered.line().paused();
    }
    recovery.restored = true;
    recovery.validFrom = Math.max(recovery.validFrom, remembered.line().recovery().validFrom());
    room.restore(remembered, now);
  }

  private RoomEpoch goOnWith(RoomEpoch old, long epoch) {
    List<RoomEpoch> epochs = rooms.getOrDefault(old.queue.room(), new ArrayList<>());
    RoomEpoch known =
        epochs.stream()
            .filter(each -> each.epoch == epoch)
            .findFirst()
            .orElseGet(() -> new RoomEpoch(old.queue, epoch));
    known.paused = old.paused;
    epochs.removeIf(each -> each == known || (each == old && old.issued == 0));
    epochs.add(known);
    recovery(known).epochChanged();
    return known;
  }

  /** Takes back numbers that a replica asked for and never heard of. */
  void hear(Queue queue, Heard heard, long now) {
    Blocks.Block lost = recovery(room(queue, now)).blocks.hear(heard);
    if (lost != null) {
      roomAt(queue, lost.epoch(), now).takeBack(lost.first(), lost.end());
    }
  }

  Enlisted enlist(Queue queue, List<Standby> them, long gatherMillis, long now) {
    RoomEpoch room = room(queue, now);
    Recovery recovery = recovery(room);
    if (recovery.gathers(queue, them, now) && room.issued > 0) {
      // Who came since then stands behind them, by the place that was given too early.
      room = goOnWith(room, Math.max(room.epoch + 1, now / 1000));
    }
    List<Long> numbers =
        them.stream().map(each -> recovery.enlist(each, now + gatherMillis)).toList();
    return new Enlisted(room.epoch, 0, numbers);
  }

  /**
   * Notes who was seen; also of an epoch that is not known here, as far as they are in session.
   *
   * @return how many of them began a session that only their replica knew of
   */
  long see(Queue queue, PresenceReport seen, long now) {
    RoomEpoch room = roomAt(queue, seen.epoch(), now);
    RoomEpoch current = room(queue, now);
    List<RoomEpoch> epochs = rooms.getOrDefault(queue.room(), List.of());
    boolean known = epochs.contains(room);
    if (!known) {
      if (seen.inside().chunkCount() == 0 || seen.epoch() < recovery(current).validFrom) {
        return 0;
      }
      epochs.add(0, room);
      if (seen.epoch() < current.epoch) {
        // Nobody remembers it. Later epochs are of those who came in while the store was away.
        recovery(current).admitLater(queue);
      }
    }
    long before = room.claimed.cardinality();
    room.see(
        now,
        room == current ? seen : new PresenceReport(seen.epoch(), 0, Bits.NONE, seen.inside()));
    // Of an epoch that was lost, all of them are new to the store, and not to the room.
    return known && room.epoch > current.epoch ? room.claimed.cardinality() - before : 0;
  }

  /** The room at this epoch, if it is current or has sessions left. */
  RoomEpoch roomAt(Queue queue, long epoch, long now) {
    RoomEpoch current = room(queue, now);
    for (RoomEpoch each : rooms.getOrDefault(queue.room(), List.of())) {
      if (each.epoch == epoch) {
        return each;
      }
    }
    // None: an empty one that nobody can have a place in.
    return current.epoch == epoch ? current : new RoomEpoch(queue, epoch);
  }

  boolean isCurrent(RoomEpoch room, long now) {
    return room(room.queue, now) == room;
  }

  long startEpoch(Queue queue, long now) {
    RoomEpoch old = room(queue, now);
    RoomEpoch fresh = new RoomEpoch(queue, Math.max(old.epoch + 1, now / 1000));
    fresh.paused = old.paused;
    rooms.getOrDefault(queue.room(), new ArrayList<>()).add(fresh);
    recovery(fresh).forget(fresh.epoch);
    return fresh.epoch;
  }

  /** Begins the next epoch of a room that has given many numbers, when nobody would notice. */
  void roll(Queue queue, long now) {
    RoomEpoch room = room(queue, now);
    Recovery recovery = recovery(room);
    if (room.mayRoll() && Math.max(recovery.settlesAt, recovery.admitsAt) <= now) {
      goOnWith(room, Math.max(room.epoch + 1, now / 1000));
    }
  }

  void merge(Queue queue, long now) {
    RoomEpoch current = room(queue, now);
    recovery(current).number(current, now);
    List<RoomEpoch> epochs = rooms.getOrDefault(queue.room(), List.of());
    epochs.forEach(room -> room.merge(now));
    recovery(current).merged(now);
    epochs.removeIf(room -> room != current && room.isOver());
  }

  /** Who left of the epochs before this one, by epoch. */
  Map<Long, Bits> leftBefore(RoomEpoch current) {
    Map<Long, Bits> left = new HashMap<>();
    for (RoomEpoch room : rooms.getOrDefault(current.queue.room(), List.of())) {
      if (room != current) {
        left.put(room.epoch, Bits.of(room.left));
      }
    }
    return left;
  }

  /** Sessions of the room, of all its epochs. */
  long inside(Queue queue) {
    return rooms.getOrDefault(queue.room(), List.of()).stream()
        .mapToLong(room -> room.inside.cardinality())
        .sum();
  }

  /** The queue of each room that is known. */
  List<Queue> queues() {
    return rooms.values().stream().map(epochs -> epochs.get(epochs.size() - 1).queue).toList();
  }

  Collection<RoomEpoch> all() {
    return rooms.values().stream().flatMap(List::stream).toList();
  }

  List<RoomEpoch> current(long now) {
    return all().stream().filter(room -> isCurrent(room, now)).toList();
  }
}
