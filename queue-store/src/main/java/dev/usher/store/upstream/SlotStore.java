package dev.usher.store.upstream;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** How replicas share the slots of an upstream's pods: a part of {@code QueueStore}. */
public interface SlotStore {
  /** A replica that has not reported its slots for so long does not count as live. */
  Duration LEASE = Duration.ofSeconds(1);

  /**
   * When the store was away and lost nothing, by then every live replica has reported: it tries to
   * connect at least once a second, and then at every tick.
   */
  Duration BACK = Duration.ofSeconds(2);

  /** After a loss, by then every live replica has said which slots it holds. */
  Duration LEARNING = Duration.ofSeconds(3);

  /**
   * Says what this replica holds of the pods' slots, and tells what it may have; with the lease in
   * hand, also what all have. What it is told counts as held from that moment.
   *
   * @param lease of this replica, held or not
   */
  CompletionStage<Sharing> share(Lease lease, SlotReport report);

  /**
   * Grants slots to replicas, all or nothing: refused when another leads, when the grants have
   * changed since, or when a replica to be forgotten was heard of again.
   *
   * @return the version of the grants, 0 when they were refused
   */
  CompletionStage<Long> grant(Lease lease, Grants grants);

  /**
   * Gives up this replica's slots for good, but those of its last requests in flight.
   *
   * @param last what it still holds
   */
  CompletionStage<Void> giveUp(String upstream, SlotReport last);
}
