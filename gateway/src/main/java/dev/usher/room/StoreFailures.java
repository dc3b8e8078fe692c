package dev.usher.room;

import dev.usher.store.StoreUnavailableException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The store is away: an answer like others. */
final class StoreFailures {
  private StoreFailures() {}

  /** Throws every other failure: it is our own fault, and stays one. */
  static void orThrow(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause != null && !(cause instanceof StoreUnavailableException)) {
      throw new IllegalStateException("The store failed in a way it does not promise", cause);
    }
  }
}
