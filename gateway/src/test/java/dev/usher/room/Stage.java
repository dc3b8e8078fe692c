package dev.usher.room;

import dev.usher.doorkeeper.Replica;
import dev.usher.store.Queue;
import dev.usher.store.memory.MemoryQueueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where a play is given: one concert, one store with its own time, and replicas on it. */
public final class Stage {
  public static final Queue CONCERT =
      new Queue(
          "shop",
          "concert",
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(45));

  /** A pass lives 120 s and is renewed after 30. */
  public static final RoomPolicy POLICY = policy(100_000);

  public long now = 1_800_000_000_000L;
  public long capacity = 2;
  public final MemoryQueueStore store;

  /** A store that has nothing to lose. */
  public Stage() {
    this(Duration.ZERO);
  }

  /**
   * @param settle how long queues settle after a loss
   */
  Stage(Duration settle) {
    this.store = new MemoryQueueStore("one", () -> now, settle);
  }

  static RoomPolicy policy(long waitingMax) {
    return new RoomPolicy(
        CONCERT,
        "Concert",
        1,
        Duration.ofSeconds(90),
        Duration.ofMinutes(10),
        waitingMax,
        Duration.ofSeconds(1),
        Duration.ofSeconds(20));
  }

  public Replica replica(String name, long skewMillis) {
    return new Replica(POLICY, store.seenBy(name), () -> capacity, () -> now + skewMillis);
  }

  public void pass(Duration time) {
    now += time.toMillis();
  }

  /** Guests who came one after the other. */
  public static List<Guest> arrive(Replica replica, int count) {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Guest guest = new Guest();
      guest.ask(replica, Intent.NAVIGATE);
      guests.add(guest);
    }
    return guests;
  }
}
