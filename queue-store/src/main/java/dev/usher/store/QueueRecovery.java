package dev.usher.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** How replicas give a store back what it lost: the part of {@link QueueStore} for bad days. */
public interface QueueRecovery {
  /** What else a replica needs to know, for the day on which the store loses it. */
  CompletionStage<MembershipCopy> copy(Queue queue);

  /**
   * Brings back what this replica remembers of a queue. Begins the queue where the store knows
   * nothing of it, also when this replica does not either. Takes nothing away; a second time is
   * harmless.
   */
  CompletionStage<Void> restore(Queue queue, QueueMemory remembered);

  /**
   * Lets visitors stand by for a number who have none of this epoch, and tells which of them have
   * been given one since. A second time is harmless.
   *
   * @param gather for how long no number is given, so that other replicas can bring those who came
   *     to them in the meantime; 0 or more
   * @param heard what this replica heard of the numbers it asked for
   */
  CompletionStage<Enlisted> enlist(
      Queue queue, List<Standby> standbys, Duration gather, Heard heard);
}
