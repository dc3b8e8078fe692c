package dev.usher.control;

import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.upstream.LiveChange;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.LiveStore.Annals;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What an operator has set for a room while it runs, as this replica knows it. It remembers, so
 * that a store that lost everything is told again.
 */
public final class Controls {
  /** Two operators at once are rare, and a third attempt that fails is told. */
  private static final int TRIES = 3;

  private final Queue queue;
  private final QueueStore store;
  private volatile LiveState now;

  public Controls(Queue queue, QueueStore store) {
    this.queue = queue;
    this.store = store;
    this.now = LiveState.unset(queue.room());
  }

  /** What is set, as of the last tick. On the path of every poll: one volatile read. */
  public LiveState now() {
    return now;
  }

  /** Whether there is nothing left to wait for. */
  public boolean isSoldOut() {
    return now.soldOut();
  }

  /** Takes over what the store told. */
  public void take(LiveState told) {
    // A store that lost something tells an earlier state, until the next tick brings this one back.
    if (told.at() > now.at()) {
      now = told;
    }
  }

  /**
   * A change that was made.
   *
   * @param before what was set before it
   * @param after what is set now
   */
  public record Change(LiveState before, LiveState after) {}

  /**
   * Changes what is set, wherever it was changed meanwhile.
   *
   * @param how makes the new state from the one that stands
   * @param call visitors to be called once, beyond the pace and the limit a minute
   * @param entry what is recorded, by what was set before and what is now
   */
  public CompletionStage<Change> change(
      UnaryOperator<LiveState> how, int call, Function<Change, String> entry) {
    return change(how, call, entry, TRIES);
  }

  private CompletionStage<Change> change(
      UnaryOperator<LiveState> how, int call, Function<Change, String> entry, int tries) {
    LiveState before = now;
    LiveState wanted = how.apply(before);
    LiveChange asked = new LiveChange(wanted, call, entry.apply(new Change(before, wanted)));
    return store
        .set(queue.upstream(), asked)
        .thenCompose(
            set -> {
              if (set.done()) {
                take(set.stands());
                return CompletableFuture.completedStage(new Change(before, set.stands()));
              }
              if (tries == 1) {
                return CompletableFuture.failedStage(new ChangedMeanwhileException());
              }
              return agree(set.stands()).thenCompose(v -> change(how, call, entry, tries - 1));
            });
  }

  /** Tells the store what it has lost, or learns what it knows, before anything is changed. */
  private CompletionStage<Void> agree(LiveState stands) {
    take(stands);
    return store.live(queue.upstream(), List.of(now)).thenAccept(told -> told.forEach(this::take));
  }

  /** Begins a new line, in which nobody has a place; what is set stays. */
  public CompletionStage<Long> reset() {
    return store.reset(queue);
  }

  /**
   * Records what has been done. Completes also when the store does not take it: the log has it too,
   * and whoever did it is not to do it once more.
   */
  public CompletionStage<Void> record(Annals annals, String entry) {
    return store
        .record(queue.upstream(), annals, entry)
        .exceptionally(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              if (cause instanceof StoreUnavailableException) {
                return null;
              }
              throw new CompletionException(cause);
            });
  }

  /** The last lines of the upstream's record, the newest first. */
  public CompletionStage<List<String>> recorded(Annals annals) {
    return store.recorded(queue.upstream(), annals);
  }
}
