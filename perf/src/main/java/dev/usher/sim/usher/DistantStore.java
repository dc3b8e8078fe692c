package dev.usher.sim.usher;

import dev.usher.store.InterceptedQueueStore;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreOperation;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store behind a link. */
final class DistantStore extends InterceptedQueueStore {
  private final Link link;

  DistantStore(QueueStore store, Link link) {
    super(store);
    this.link = link;
  }

  @Override
  protected <T> CompletionStage<T> intercept(
      StoreOperation operation, Supplier<CompletionStage<T>> call) {
    return switch (operation) {
      case ARRIVE, ENLIST, CLAIM, STAY, LEAVE, PAUSE, RESET, GIVE_UP -> link.ask(call);
      default -> link.signal(call);
    };
  }
}
