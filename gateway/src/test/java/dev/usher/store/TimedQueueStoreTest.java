package dev.usher.store;

import dev.usher.ops.Metrics;
import dev.usher.store.memory.MemoryQueueStore;
import java.time.Duration;
import java.util.List;

/** A store that is timed keeps every promise of the one behind it. */
final class TimedQueueStoreTest extends QueueStoreContract {
  private long now = 1_800_000_000_000L;

  @Override
  public List<QueueStore> twoReplicas() {
    MemoryQueueStore store = new MemoryQueueStore("one", () -> now);
    Metrics metrics = new Metrics();
    return List.of(metrics.timed(store), metrics.timed(store.seenBy("two")));
  }

  @Override
  public void pass(Duration time) {
    now += time.toMillis();
  }
}
