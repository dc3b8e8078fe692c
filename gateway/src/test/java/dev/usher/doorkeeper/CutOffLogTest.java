package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Concert;
import dev.usher.WrittenLog;
import dev.usher.store.memory.MemoryQueueStore;
import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CutOffLogTest {
  @RegisterExtension private final WrittenLog written = new WrittenLog(CutOffLog.class);
  private long now = 1_800_000_000_000L;
  private final MemoryQueueStore store = new MemoryQueueStore("one", () -> now);
  private final Doorkeeper doorkeeper = Concert.doorkeeper(store, () -> 0L);
  private final CutOffLog crowds = new CutOffLog(doorkeeper::rooms);

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
        Concert.waits(store, doorkeeper, set);
      }
      doorkeeper.tick(now).toCompletableFuture().join();
      crowds.look();
    }
  }

  @Test
  void thatHardlyAnyOfACrowdIsSeenAnyMoreIsToldOnceAndThatItIsBack() {
    steps(Concert.WINDOW.multipliedBy(3), 100);
    assertThat(written.said()).isEmpty();
    steps(Concert.WINDOW.multipliedBy(3), 0);
    assertThat(written.said())
        .containsExactly(
            "WARN crowd_cut_off "
                + Concert.NAMED
                + ", waiting=\"100\", fix=\"look at what is before Usher: ingress, CDN, name,"
                + " certificate; places are kept\"]");
    steps(Concert.WINDOW.multipliedBy(5), 100);
    assertThat(written.said()).hasSize(2);
    assertThat(written.said().get(1))
        .startsWith("INFO crowd_is_back " + Concert.NAMED + ", waiting=\"100\", seconds=\"");
  }

  @Test
  void aFewWhoGoAreNoCrowd() {
    steps(Concert.WINDOW.multipliedBy(3), 19);
    steps(Concert.WINDOW.multipliedBy(3), 0);
    assertThat(written.said()).isEmpty();
  }
}
