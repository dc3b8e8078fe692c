package dev.usher.store.memory;

import dev.usher.store.QueueStore;
import dev.usher.store.QueueStoreContract;
import java.time.Duration;
import java.util.List;

final class MemoryQueueStoreTest extends QueueStoreContract {
  private long now = 1_800_000_000_000L;

  @Override
  public List<QueueStore> twoReplicas() {
    MemoryQueueStore store = new MemoryQueueStore("one", () -> now);
    return List.of(store, store.seenBy("two"));
  }

  @Override
  public void pass(Duration time) {
    now += time.toMillis();
  }
}
