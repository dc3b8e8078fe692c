package dev.usher.room;

import dev.usher.store.StoreUnavailableException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells an unavailable store, which has an answer like any other case, from failures of our own.
 */
final class StoreFailures {
  private StoreFailures() {}

  /** Rethrows every other failure, because it is our own fault and stays one. */
  static void orThrow(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause != null && !(cause instanceof StoreUnavailableException)) {
      throw new IllegalStateException("The store failed in a way it does not promise", cause);
    }
  }
}
