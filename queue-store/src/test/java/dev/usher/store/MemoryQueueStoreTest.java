package dev.usher.store;

import java.time.Duration;
import java.util.List;

final class MemoryQueueStoreTest extends QueueStoreContract {
  private long now = 1_800_000_000_000L;

  @Override
  List<QueueStore> twoReplicas() {
    MemoryQueueStore store = new MemoryQueueStore("one", () -> now);
    return List.of(store, store.seenBy("two"));
  }

  @Override
  void pass(Duration time) {
    now += time.toMillis();
  }
}
