package dev.usher.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A store each of whose answers comes later than it is asked, and on a thread of its own. */
public final class LateQueueStore implements QueueStore {
  private final QueueStore store;
  private final long millis;
  private final ScheduledExecutorService elsewhere =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "late-store");
            thread.setDaemon(true);
            return thread;
          });

  public LateQueueStore(QueueStore store, long millis) {
    this.store = store;
    this.millis = millis;
  }

  private <T> CompletionStage<T> later(CompletionStage<T> answer) {
    CompletableFuture<T> late = new CompletableFuture<>();
    answer.whenComplete(
        (value, trouble) -> {
          var unused =
              elsewhere.schedule(
                  () ->
                      trouble == null ? late.complete(value) : late.completeExceptionally(trouble),
                  millis,
                  TimeUnit.MILLISECONDS);
        });
    return late;
  }

  @Override
  public CompletionStage<Copy> copy(Queue queue) {
    return later(store.copy(queue));
  }

  @Override
  public CompletionStage<Void> restore(Queue queue, Remembered remembered) {
    return later(store.restore(queue, remembered));
  }

  @Override
  public CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard) {
    return later(store.enlist(queue, standbys, gather, heard));
  }

  @Override
  public CompletionStage<Block> arrive(Queue queue, Newcomers newcomers) {
    return later(store.arrive(queue, newcomers));
  }

  @Override
  public CompletionStage<Void> see(Queue queue, Seen seen) {
    return later(store.see(queue, seen));
  }

  @Override
  public CompletionStage<Line> line(Queue queue) {
    return later(store.line(queue));
  }

  @Override
  public CompletionStage<Calling> call(Lease lease, Budget budget, List<Share> rooms) {
    return later(store.call(lease, budget, rooms));
  }

  @Override
  public CompletionStage<Claim> claim(Queue queue, Place place) {
    return later(store.claim(queue, place));
  }

  @Override
  public CompletionStage<Stay> stay(Queue queue, Place place) {
    return later(store.stay(queue, place));
  }

  @Override
  public CompletionStage<Void> leave(Queue queue, Place place) {
    return later(store.leave(queue, place));
  }

  @Override
  public CompletionStage<Void> pause(Queue queue, boolean paused) {
    return later(store.pause(queue, paused));
  }

  @Override
  public CompletionStage<Long> reset(Queue queue) {
    return later(store.reset(queue));
  }

  @Override
  public CompletionStage<Lease> lead(String upstream, Duration term) {
    return later(store.lead(upstream, term));
  }

  @Override
  public CompletionStage<Sharing> share(Lease lease, SlotReport report) {
    return later(store.share(lease, report));
  }

  @Override
  public CompletionStage<Long> grant(Lease lease, Grants grants) {
    return later(store.grant(lease, grants));
  }

  @Override
  public CompletionStage<Void> giveUp(String upstream, SlotReport last) {
    return later(store.giveUp(upstream, last));
  }

  @Override
  public CompletionStage<Works> work(Lease lease, WorkReport report) {
    return later(store.work(lease, report));
  }

  @Override
  public CompletionStage<Set<String>> proven(String upstream, @Nullable String version) {
    return later(store.proven(upstream, version));
  }

  @Override
  public CompletionStage<Void> close() {
    elsewhere.shutdown(); // what is owed still comes
    return store.close();
  }
}
