package dev.usher.store;

import dev.usher.store.memory.MemoryQueueStore;
import java.time.Duration;
import java.util.List;

/** A store that answers late keeps every promise of the one behind it. */
final class LateQueueStoreTest extends QueueStoreContract {
  private long now = 1_800_000_000_000L;

  @Override
  public List<QueueStore> twoReplicas() {
    MemoryQueueStore store = new MemoryQueueStore("one", () -> now);
    return List.of(new LateQueueStore(store, 1), new LateQueueStore(store.seenBy("two"), 1));
  }

  @Override
  public void pass(Duration time) {
    now += time.toMillis();
  }
}
