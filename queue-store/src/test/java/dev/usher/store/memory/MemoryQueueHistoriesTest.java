package dev.usher.store.memory;

import dev.usher.house.AFifthOfTries;
import dev.usher.store.QueueHistories;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;

final class MemoryQueueHistoriesTest {
  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void everyHistoryKeepsThePromises(@ForAll long seed) {
    Ticks clock = new Ticks();
    MemoryQueueStore store = new MemoryQueueStore("one", clock::now);
    new QueueHistories(List.of(store, store.seenBy("two")), clock, new Random(seed)).run(600);
  }

  private static final class Ticks implements QueueHistories.Clock {
    private long now = 1_800_000_000_000L;

    @Override
    public long now() {
      return now;
    }

    @Override
    public void pass(Duration time) {
      now += time.toMillis();
    }
  }
}
