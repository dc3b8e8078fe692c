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

final class CutOffCrowdsTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Queue CONCERT =
      new Queue("shop", "concert", WINDOW, Duration.ofSeconds(30), Duration.ofSeconds(45));
  private static final String ROOM = "[upstream=\"shop\", room=\"concert\"";

  @RegisterExtension private final WrittenLog written = new WrittenLog(CutOffCrowds.class);
  private long now = 1_800_000_000_000L;
  private final MemoryQueueStore store = new MemoryQueueStore("one", () -> now);
  private final Room room = new Room(policy(), store, 1);
  private final Doorkeeper doorkeeper =
      new Doorkeeper(
          "shop",
          List.of(room),
          new SlotShares("shop", FixedCapacity.NO_PODS, store, OnLoss.hold(Duration.ofSeconds(30))),
          new FixedCapacity(() -> 0L, 1000),
          store);
  private final CutOffCrowds crowds = new CutOffCrowds(doorkeeper::rooms);

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
    steps(Duration.ofMillis(200), 0);
  }

  /** Takes steps for so long, while so many of the first in line are seen. */
  private void steps(Duration span, int people) {
    for (long end = now + span.toMillis(); now < end; ) {
      now += 200;
      if (people > 0 && now % 5_000 == 0) {
        BitSet set = new BitSet();
        set.set(1, people + 1);
        Seen seen = new Seen(room.line().epoch(), 0, Bits.of(set), Bits.NONE);
        store.see(CONCERT, seen).toCompletableFuture().join();
      }
      doorkeeper.tick(now).toCompletableFuture().join();
      crowds.look();
    }
  }

  @Test
  void thatHardlyAnyOfACrowdIsSeenAnyMoreIsToldOnceAndThatItIsBack() {
    steps(WINDOW.multipliedBy(3), 100);
    assertThat(written.said()).isEmpty();
    steps(WINDOW.multipliedBy(3), 0);
    assertThat(written.said())
        .containsExactly(
            "WARN crowd_cut_off "
                + ROOM
                + ", waiting=\"100\", fix=\"look at what is before Usher: ingress, CDN, name,"
                + " certificate; places are kept\"]");
    steps(WINDOW.multipliedBy(5), 100);
    assertThat(written.said()).hasSize(2);
    assertThat(written.said().get(1))
        .startsWith("INFO crowd_is_back " + ROOM + ", waiting=\"100\", seconds=\"");
  }

  @Test
  void aFewWhoGoAreNoCrowd() {
    steps(WINDOW.multipliedBy(3), 19);
    steps(WINDOW.multipliedBy(3), 0);
    assertThat(written.said()).isEmpty();
  }
}
