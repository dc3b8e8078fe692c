package dev.usher.sim.usher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.sim.time.BrokenPromiseException;
import dev.usher.sim.time.Journal;
import dev.usher.sim.time.Timeline;
import dev.usher.store.Budget;
import dev.usher.store.Newcomers;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.RoomWeight;
import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchedStoreTest {
  private final Journal journal = new Journal(4711, new Timeline());
  private final WatchedStore.Watch watch = new WatchedStore.Watch(journal);

  @Test
  void aSessionTooManyIsToldWithTheSeedAndTheLastEvents() {
    // Two stores that know nothing of each other admit one visitor each where one has a place.
    arriveWithOnePlace("one");
    journal.check();
    journal.note("all well", 1, 2);
    arriveWithOnePlace("other");
    assertThatThrownBy(journal::check)
        .isInstanceOf(BrokenPromiseException.class)
        .hasMessageContaining("Seed 4711")
        .hasMessageContaining("2 of 1")
        .hasMessageContaining("all well");
  }

  private void arriveWithOnePlace(String room) {
    Queue queue = Replica.policy(room, 1).queue();
    QueueStore store =
        new WatchedStore(new MemoryQueueStore("replica", () -> Replica.EPOCH_MILLIS), watch, true);
    Lease lease = store.lead(queue.upstream(), Duration.ofSeconds(3)).toCompletableFuture().join();
    Budget budget = new Budget(1, 1, Budget.KEEP_ALL, Duration.ofSeconds(3));
    long before = watch.sessions();
    assertThat(
            store
                .call(lease, budget, List.of(new RoomWeight(queue, 1)))
                .toCompletableFuture()
                .join())
        .matches(calling -> calling.leads());
    watch.sessions(before);
    assertThat(store.arrive(queue, new Newcomers(0, 1, 0, 1)).toCompletableFuture()).isDone();
  }
}
