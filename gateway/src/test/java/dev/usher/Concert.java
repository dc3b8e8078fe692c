package dev.usher;

import dev.usher.room.Doorkeeper;
import dev.usher.room.FixedCapacity;
import dev.usher.room.OnLoss;
import dev.usher.room.Room;
import dev.usher.room.RoomPolicy;
import dev.usher.room.SlotShares;
import dev.usher.store.Bits;
import dev.usher.store.MemoryQueueStore;
import dev.usher.store.Queue;
import dev.usher.store.Seen;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongSupplier;

/** A room before pods that are a number, for what looks at rooms after each step. */
final class Concert {
  static final Duration WINDOW = Duration.ofSeconds(60);

  static final Queue QUEUE =
      new Queue("shop", "concert", WINDOW, Duration.ofSeconds(30), Duration.ofSeconds(45));

  /** As the log names it. */
  static final String NAMED = "[upstream=\"shop\", room=\"concert\"";

  private Concert() {}

  static Doorkeeper doorkeeper(MemoryQueueStore store, LongSupplier capacity) {
    RoomPolicy policy =
        new RoomPolicy(
            QUEUE,
            "Concert",
            1,
            Duration.ofSeconds(90),
            Duration.ofMinutes(10),
            1000,
            Duration.ofSeconds(1),
            Duration.ofSeconds(20));
    return new Doorkeeper(
        "shop",
        List.of(new Room(policy, store, 1)),
        new SlotShares("shop", FixedCapacity.NO_PODS, store, OnLoss.hold(Duration.ofSeconds(30))),
        new FixedCapacity(capacity, 1000),
        store);
  }

  /** These numbers are seen to wait. */
  static void waits(MemoryQueueStore store, Doorkeeper doorkeeper, BitSet numbers) {
    long epoch = doorkeeper.rooms().get(0).line().epoch();
    store.see(QUEUE, new Seen(epoch, 0, Bits.of(numbers), Bits.NONE)).toCompletableFuture().join();
  }
}
