package dev.usher.store;

import java.time.Duration;
import java.util.List;

final class MemoryRecoveryTest extends RecoveryContract {
  private long now = 1_800_000_010_000L;
  private final MemoryQueueStore one = new MemoryQueueStore("one", () -> now, QueueStore.SETTLE);

  @Override
  List<QueueStore> twoReplicas() {
    return List.of(one, one.seenBy("two"));
  }

  @Override
  void pass(Duration time) {
    now += time.toMillis();
  }

  @Override
  void lose() {
    one.lose();
  }

  @Override
  Runnable snapshot() {
    return one.snapshot();
  }
}
