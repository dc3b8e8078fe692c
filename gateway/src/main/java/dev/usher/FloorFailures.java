package dev.usher;

import dev.usher.store.StoreUnavailableException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of looks at floors that failed: each says so once, until it succeeds. */
final class FloorFailures {
  private static final Logger log = LoggerFactory.getLogger(FloorFailures.class);

  /** Whose last look failed. */
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  /**
   * Takes in how a look ended. A store that does not answer is told elsewhere.
   *
   * @param upstream whose floor was looked at; "" for what is of no upstream any more
   * @param failure null if it did not fail
   */
  void look(String upstream, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      failed.remove(upstream);
    } else if (!(cause instanceof StoreUnavailableException) && failed.add(upstream)) {
      log.atError().addKeyValue("upstream", upstream).setCause(cause).log("floor_failed");
    }
  }
}
