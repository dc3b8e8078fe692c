package dev.usher.store.memory;

import dev.usher.store.NoticeContract;
import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.List;

final class RecoveryTest extends NoticeContract {
  private long now = 1_800_000_010_000L;
  private final MemoryQueueStore one = new MemoryQueueStore("one", () -> now, QueueStore.SETTLE);

  @Override
  public List<QueueStore> twoReplicas() {
    return List.of(one, one.seenBy("two"));
  }

  @Override
  public void pass(Duration time) {
    now += time.toMillis();
  }

  @Override
  public void lose() {
    one.lose();
  }

  @Override
  public Runnable snapshot() {
    return one.snapshot();
  }
}
