package dev.usher;

import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.doorkeeper.LossReserve;
import dev.usher.doorkeeper.SlotShares;
import dev.usher.pods.FixedCapacity;
import dev.usher.room.Room;
import dev.usher.room.RoomPolicy;
import dev.usher.store.Bits;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import dev.usher.store.memory.MemoryQueueStore;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongSupplier;

/** A room before pods that are a number, for what looks at rooms after each step. */
public final class Concert {
  public static final Duration WINDOW = Duration.ofSeconds(60);

  public static final Queue QUEUE =
      new Queue("shop", "concert", WINDOW, Duration.ofSeconds(30), Duration.ofSeconds(45));

  /** As the log names it. */
  public static final String NAMED = "[upstream=\"shop\", room=\"concert\"";

  private Concert() {}

  public static Doorkeeper doorkeeper(MemoryQueueStore store, LongSupplier capacity) {
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
        new SlotShares(
            "shop", FixedCapacity.NO_PODS, store, LossReserve.hold(Duration.ofSeconds(30))),
        new FixedCapacity(capacity, 1000),
        store);
  }

  /** These numbers are seen to wait. */
  public static void waits(MemoryQueueStore store, Doorkeeper doorkeeper, BitSet numbers) {
    long epoch = doorkeeper.rooms().get(0).line().epoch();
    store
        .see(QUEUE, new PresenceReport(epoch, 0, Bits.of(numbers), Bits.NONE))
        .toCompletableFuture()
        .join();
  }
}
