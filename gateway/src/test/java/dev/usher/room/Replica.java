package dev.usher.room;

import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** One gateway's rooms and doorkeeper, with a clock that may be wrong. */
final class Replica {
  private static final AtomicInteger NEXT = new AtomicInteger();

  final Room room;
  final Doorkeeper doorkeeper;
  private final LongSupplier clock;

  Replica(RoomPolicy policy, QueueStore store, LongSupplier capacity, LongSupplier clock) {
    this(policy, store, capacity, clock, OnLoss.hold(Duration.ofSeconds(30)));
  }

  // Rule zero: a replica of a play is these five.
  Replica(
      RoomPolicy policy, QueueStore store, LongSupplier capacity, LongSupplier clock, OnLoss loss) {
    this.clock = clock;
    this.room = new Room(policy, store, NEXT.incrementAndGet());
    this.doorkeeper =
        new Doorkeeper(
            "shop",
            List.of(room),
            new SlotShares("shop", FixedCapacity.NO_PODS, store, loss),
            new FixedCapacity(capacity, 1000),
            store);
  }

  long now() {
    return clock.getAsLong();
  }

  /** Tells who was seen, and takes one step. Fails when the store does. */
  void tick() {
    Guest.get(doorkeeper.tellPresence());
    Guest.get(doorkeeper.tick(now()));
  }

  /** The same, and a store that fails is left for the next time. */
  void tryToTick() {
    doorkeeper.tellPresence();
    doorkeeper.tick(now());
  }
}
