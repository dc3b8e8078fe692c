package dev.usher.doorkeeper;

import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whether this replica leads its upstream, as far as it knows. */
final class Leadership {
  /** Term of a lease: a lost leader is followed by another within three seconds, ticks included. */
  private static final Duration TERM = Duration.ofMillis(2500);

  /** Time after which the lease is renewed, so that two renewals may get lost. */
  private static final long RENEW_MILLIS = 800;

  private final String upstream;
  private final QueueStore store;
  private volatile Lease lease;
  private long renewedAt = Long.MIN_VALUE / 2;

  Leadership(String upstream, QueueStore store) {
    this.upstream = upstream;
    this.store = store;
    this.lease = new Lease(upstream, 0);
  }

  /** The lease as it was last told. */
  Lease lease() {
    return lease;
  }

  /**
   * Leads if nobody else does.
   *
   * @param blind whether it is unknown even which pods there are: a replica that does not know them
   *     must not say for all what they bear
   */
  CompletionStage<Lease> seek(boolean blind, long now) {
    // A replica that does not lead asks at every tick, to follow a lost leader at once.
    if (blind || (lease.held() && now - renewedAt < RENEW_MILLIS)) {
      return CompletableFuture.completedFuture(lease);
    }
    return store
        .lead(upstream, TERM)
        .thenApply(
            taken -> {
              renewedAt = now;
              lease = taken;
              return taken;
            });
  }

  void lose() {
    lease = new Lease(upstream, 0);
  }

  /** Lets another replica lead at once. */
  CompletionStage<Void> resign() {
    return lease.held()
        ? store.lead(upstream, Duration.ZERO).thenAccept(over -> lose())
        : CompletableFuture.completedFuture(null);
  }
}
