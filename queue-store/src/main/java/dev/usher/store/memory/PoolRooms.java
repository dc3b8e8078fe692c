package dev.usher.store.memory;

import dev.usher.store.Bits;
import dev.usher.store.Enlisted;
import dev.usher.store.Heard;
import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.QueueMemory;
import dev.usher.store.Standby;
import dev.usher.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rooms of one upstream inside the process: their epochs, and what each lost and got back. */
final class PoolRooms {
  /** Rooms by name, each with its current epoch last; the older ones still have sessions. */
  private final Map<String, List<RoomEpoch>> rooms = new HashMap<>();

  /** What each room has lost and got back. */
  private final Map<String, Recovery> recoveries = new HashMap<>();

  private final EndedEpochs ended = new EndedEpochs();

  /** How many, of the rooms that the last step knew of. */
  final Tally counts = new Tally();

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
    ended.set(other.ended);
    counts.set(other.counts);
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
      recovery(current).notice(current, now, settle);
      return current;
    }
    if (!knows(queue)) {
      throw new StoreUnavailableException(
          "The store knows nothing of room " + queue.room() + " until a replica has restored it");
    }
    return found(queue, Math.max(1, now / 1000), now);
  }

  /** The current epoch of a room that has been asked for; notices nothing. */
  RoomEpoch current(String room) {
    List<RoomEpoch> epochs = rooms.get(room);
    if (epochs == null) {
      throw new StoreUnavailableException(
          "The store knows nothing of room " + room + " until a replica has restored it");
    }
    return epochs.get(epochs.size() - 1);
  }

  /** The current epoch of a room of which nothing is still to be brought back; notices nothing. */
  RoomEpoch whole(String name, long now) {
    RoomEpoch room = current(name);
    if (!settle.isZero() && recovery(room).lacks(now)) {
      throw new StoreUnavailableException(
          "The store does not know all of room " + name + " until replicas have restored it");
    }
    return room;
  }

  /** Takes the current epoch of each, and notices nothing. */
  void forEach(Consumer<RoomEpoch> task) {
    rooms.values().forEach(epochs -> task.accept(epochs.get(epochs.size() - 1)));
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
  void takenOver() {
    recoveries.values().forEach(Recovery::takenOver);
  }

  /** Returns whether the queue was begun. */
  boolean restore(Queue queue, QueueMemory remembered, long now) {
    long epoch = remembered.line().epoch();
    boolean begins = !rooms.containsKey(queue.room());
    if (begins) {
      found(queue, epoch == 0 ? Math.max(1, now / 1000) : epoch, now);
    }
    addTo(queue, remembered, now);
    return begins;
  }

  private void addTo(Queue queue, QueueMemory remembered, long now) {
    long epoch = remembered.line().epoch();
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
    RoomEpoch known = at(old.queue, epoch);
    ended.forget(known);
    counts.lessLine(old.counts, old.limit.keptOut());
    known.counts.lessLine(known.counts, 0);
    known.paused = old.paused;
    known.turn = 0;
    known.limit.lift();
    known.span.goOn();
    old.span.endAt(Bits.chunkOf(old.issued));
    epochs.removeIf(each -> each == known || (each == old && old.issued == 0));
    epochs.add(known);
    return known;
  }

  /** Takes back numbers that a replica asked for and never heard of, of epochs that go on. */
  void hear(Queue queue, Heard heard, long now) {
    Blocks.Block lost = recovery(room(queue, now)).blocks.hear(heard);
    if (lost != null) {
      rooms.getOrDefault(queue.room(), List.of()).stream()
          .filter(each -> each.epoch == lost.epoch())
          .forEach(each -> each.unheard.add(lost));
    }
  }

  Enlisted enlist(Queue queue, List<Standby> them, long gatherMillis, long now) {
    RoomEpoch room = room(queue, now);
    Recovery recovery = recovery(room);
    if (recovery.gathers(queue, them, now) && room.issued > 0) {
      // Who came since then stands behind them, by the place that was given too early.
      room = goOnWith(room, Math.max(room.epoch + 1, now / 1000));
    }
    return new Enlisted(room.epoch, 0, recovery.enlist(them, room.enlisted, now + gatherMillis));
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
      ended.forget(room);
      if (seen.epoch() < current.epoch) {
        // Nobody remembers it. Later epochs are of those who came in while the store was away.
        recovery(current).admitLater(queue);
      }
    }
    if (room == current) {
      room.see(now, seen);
      return 0;
    }
    long before = room.claimed.cardinality();
    if (seen.inside().chunkCount() > 0) {
      int first = seen.inside().firstChunk();
      if (known) {
        room.span.include(first);
      } else {
        room.span.beginAt(first);
      }
      room.span.endAt(first + seen.inside().chunkCount() - 1);
    }
    room.seeInside(now, seen.inside().toBitSet());
    // Of an epoch that was lost, all of them are new to the store, and not to the room.
    return known && room.epoch > current.epoch ? room.claimed.cardinality() - before : 0;
  }

  /** The room at this epoch, if it is current or has sessions left. */
  RoomEpoch roomAt(Queue queue, long epoch, long now) {
    RoomEpoch current = room(queue, now);
    return current.epoch == epoch ? current : at(queue, epoch);
  }

  private RoomEpoch at(Queue queue, long epoch) {
    return rooms.getOrDefault(queue.room(), List.of()).stream()
        .filter(each -> each.epoch == epoch)
        .findFirst()
        .orElseGet(() -> ended.at(queue, epoch));
  }

  /** Whether somebody may have this place there: it was given, or the epoch has sessions left. */
  boolean has(RoomEpoch room, Place place, long now) {
    return isCurrent(room, now)
        ? place.number() <= room.issued
        : rooms.getOrDefault(place.room(), List.of()).contains(room);
  }

  boolean isCurrent(RoomEpoch room, long now) {
    return room(room.queue, now) == room;
  }

  long startEpoch(Queue queue, long now) {
    RoomEpoch old = room(queue, now);
    RoomEpoch fresh = goOnWith(old, Math.max(old.epoch + 1, now / 1000));
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

  /**
   * Gives numbers to who stands by, and works out who waits and who is inside.
   *
   * @return who asks no more
   */
  List<Place> merge(Queue queue, long now) {
    RoomEpoch current = room(queue, now);
    recovery(current).number(current, now);
    List<RoomEpoch> epochs = rooms.getOrDefault(queue.room(), List.of());
    List<Place> gone = new ArrayList<>();
    for (RoomEpoch room : epochs) {
      room.merge(room == current, now)
          .forEach(number -> gone.add(new Place(queue.room(), room.epoch, 0, number)));
    }
    recovery(current).merged(now);
    List<RoomEpoch> over =
        epochs.stream().filter(room -> room != current && room.isOver(now)).toList();
    epochs.removeAll(over);
    ended.sweep(queue.room(), now);
    over.forEach(room -> ended.remember(room, now));
    return gone;
  }

  /** Who left of the epochs before this one, by epoch. */
  Map<Long, Bits> leftBefore(RoomEpoch current) {
    Map<Long, Bits> left = new HashMap<>();
    for (RoomEpoch room : rooms.getOrDefault(current.queue.room(), List.of())) {
      if (room != current) {
        left.put(room.epoch, Bits.of(room.inSpan(room.left)));
      }
    }
    return left;
  }

  /** Sessions of the room, of all its epochs. */
  long inside(Queue queue) {
    return rooms.getOrDefault(queue.room(), List.of()).stream()
        .mapToLong(room -> room.counts.inside)
        .sum();
  }
}
