package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class NumbersInUseTest {
  private static final Queue CONCERT =
      new Queue(
          "shop",
          "concert",
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(45));
  private static final String ROOM = "[upstream=\"shop\", room=\"concert\"";

  @RegisterExtension private final WrittenLog written = new WrittenLog(NumbersInUse.class);
  private long now = 1_800_000_000_000L;
  private long capacity;
  private final MemoryQueueStore store = new MemoryQueueStore("one", () -> now);
  private final Room room = new Room(policy(), store, 1);
  private final Doorkeeper doorkeeper =
      new Doorkeeper(
          "shop",
          List.of(room),
          new SlotShares("shop", FixedCapacity.NO_PODS, store, OnLoss.hold(Duration.ofSeconds(30))),
          new FixedCapacity(() -> capacity, 1000),
          store);
  private final NumbersInUse numbers = new NumbersInUse(doorkeeper::rooms);

  private static RoomPolicy policy() {
    return new RoomPolicy(
        CONCERT,
        "Concert",
        1,
        Duration.ofSeconds(90),
        Duration.ofMinutes(10),
        1000,
        Duration.ofSeconds(1),
        Duration.ofSeconds(20));
  }

  @BeforeEach
  void begin() {
    step();
  }

  private void step() {
    now += 200;
    doorkeeper.tick(now).toCompletableFuture().join();
    numbers.look();
  }

  private void waits(int... those) {
    BitSet set = new BitSet();
    for (int number : those) {
      set.set(number);
    }
    Seen seen = new Seen(room.line().epoch(), 0, Bits.of(set), Bits.NONE);
    store.see(CONCERT, seen).toCompletableFuture().join();
  }

  @Test
  void theEndOfTheNumbersIsToldLongBeforeAndThatTheyBeginAnew() {
    waits(1, 4_900_000);
    step();
    assertThat(written.said()).isEmpty();
    waits(1, 5_000_000);
    step();
    step();
    assertThat(written.said()).containsExactly("WARN numbers_run_low " + ROOM + ", used=\"0.5\"]");
    waits(1, 10_000_000);
    step();
    step();
    assertThat(written.said()).hasSize(2).last().isEqualTo("ERROR numbers_used_up " + ROOM + "]");

    now += Duration.ofMinutes(5).toMillis();
    capacity = 10;
    step();
    step();
    assertThat(written.said().subList(2, written.said().size()))
        .containsExactly(
            "INFO numbers_begin_anew " + ROOM + ", given=\"10000000\"]",
            "INFO numbers_suffice " + ROOM + ", used=\"0.0\"]");
  }

  @Test
  void aResetIsNoNewsOfNumbers() {
    waits(2_000_000);
    step();
    store.reset(CONCERT).toCompletableFuture().join();
    step();
    assertThat(written.said()).isEmpty();
  }
}
