package dev.usher.room;

import dev.usher.store.MemoryQueueStore;
import dev.usher.store.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where a play is given: one concert, one store with its own time, and replicas on it. */
final class Stage {
  static final Queue CONCERT =
      new Queue(
          "shop",
          "concert",
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(45));

  /** A pass lives 120 s and is renewed after 30. */
  static final RoomPolicy POLICY = policy(100_000);

  long now = 1_800_000_000_000L;
  long capacity = 2;
  final MemoryQueueStore store;

  /** A store that has nothing to lose. */
  Stage() {
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

  Replica replica(String name, long skewMillis) {
    return new Replica(POLICY, store.seenBy(name), () -> capacity, () -> now + skewMillis);
  }

  void pass(Duration time) {
    now += time.toMillis();
  }

  /** Guests who came one after the other. */
  static List<Guest> arrive(Replica replica, int count) {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Guest guest = new Guest();
      guest.ask(replica, Intent.NAVIGATE);
      guests.add(guest);
    }
    return guests;
  }
}
