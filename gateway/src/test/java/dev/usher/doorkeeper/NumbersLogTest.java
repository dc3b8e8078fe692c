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

final class NumbersLogTest {
  @RegisterExtension private final WrittenLog written = new WrittenLog(NumbersLog.class);
  private long now = 1_800_000_000_000L;
  private long capacity;
  private final MemoryQueueStore store = new MemoryQueueStore("one", () -> now);
  private final Doorkeeper doorkeeper = Concert.doorkeeper(store, () -> capacity);
  private final NumbersLog numbers = new NumbersLog(doorkeeper::rooms);

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
    Concert.waits(store, doorkeeper, set);
  }

  @Test
  void theEndOfTheNumbersIsToldLongBeforeAndThatTheyBeginAnew() {
    waits(1, 4_900_000);
    step();
    assertThat(written.said()).isEmpty();
    waits(1, 5_000_000);
    step();
    step();
    assertThat(written.said())
        .containsExactly("WARN numbers_run_low " + Concert.NAMED + ", used=\"0.5\"]");
    waits(1, 10_000_000);
    step();
    step();
    assertThat(written.said())
        .hasSize(2)
        .last()
        .isEqualTo("ERROR numbers_used_up " + Concert.NAMED + "]");

    now += Duration.ofMinutes(5).toMillis();
    capacity = 10;
    step();
    step();
    assertThat(written.said().subList(2, written.said().size()))
        .containsExactly(
            "INFO numbers_begin_anew " + Concert.NAMED + ", given=\"10000000\"]",
            "INFO numbers_suffice " + Concert.NAMED + ", used=\"0.0\"]");
  }

  @Test
  void aResetIsNoNewsOfNumbers() {
    waits(2_000_000);
    step();
    store.reset(Concert.QUEUE).toCompletableFuture().join();
    step();
    assertThat(written.said()).isEmpty();
  }
}
