package dev.usher.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A store each of whose answers comes later than it is asked, and on a thread of its own. */
public final class LateQueueStore extends InterceptedQueueStore {
  private final long millis;
  private final ScheduledExecutorService elsewhere =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "late-store");
            thread.setDaemon(true);
            return thread;
          });

  public LateQueueStore(QueueStore store, long millis) {
    super(store);
    this.millis = millis;
  }

  @Override
  protected <T> CompletionStage<T> intercept(
      StoreOperation operation, Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> late = new CompletableFuture<>();
    call.get()
        .whenComplete(
            (value, trouble) -> {
              var unused =
                  elsewhere.schedule(
                      () ->
                          trouble == null
                              ? late.complete(value)
                              : late.completeExceptionally(trouble),
                      millis,
                      TimeUnit.MILLISECONDS);
            });
    return late;
  }

  @Override
  public CompletionStage<Void> close() {
    elsewhere.shutdown(); // what is owed still comes
    return super.close();
  }
}
