package dev.usher.doorkeeper;

import dev.usher.pods.FixedCapacity;
import dev.usher.room.Guest;
import dev.usher.room.Room;
import dev.usher.room.RoomPolicy;
import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** One gateway's rooms and doorkeeper, with a clock that may be wrong. */
public final class Replica {
  private static final AtomicInteger NEXT = new AtomicInteger();

  public final Room room;
  public final Doorkeeper doorkeeper;
  private final LongSupplier clock;

  public Replica(RoomPolicy policy, QueueStore store, LongSupplier capacity, LongSupplier clock) {
    this(policy, store, capacity, clock, LossReserve.hold(Duration.ofSeconds(30)));
  }

  // Rule zero: a replica of a play is these five.
  public Replica(
      RoomPolicy policy,
      QueueStore store,
      LongSupplier capacity,
      LongSupplier clock,
      LossReserve loss) {
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

  public long now() {
    return clock.getAsLong();
  }

  /** Tells who was seen, and takes one step. Fails when the store does. */
  public void tick() {
    Guest.get(doorkeeper.tellPresence());
    Guest.get(doorkeeper.tick(now()));
  }

  /** The same, and a store that fails is left for the next time. */
  public void tryToTick() {
    doorkeeper.tellPresence();
    doorkeeper.tick(now());
  }
}
