package dev.usher.admission;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one upstream at a tick, when the next visitors are to be called.
 *
 * @param now milliseconds; only differences matter
 * @param seen its pods and the requests sent to them
 * @param queue who waits and who is inside
 * @param told what the leader has learnt; null while unknown
 * @param provenBefore whether pods of this version are remembered to bear what is declared
 */
public record Observation(
    long now, PodsSeen seen, QueueCounts queue, @Nullable Learnt told, boolean provenBefore) {
  /** An observation with nothing remembered, and nothing learnt by others. */
  public Observation(long now, PodsSeen seen, QueueCounts queue) {
    this(now, seen, queue, null, false);
  }

  /** An observation with nothing remembered. */
  public Observation(long now, PodsSeen seen, QueueCounts queue, @Nullable Learnt told) {
    this(now, seen, queue, told, false);
  }

  /** Whether another replica leads and what it learnt counts. */
  public boolean follows() {
    return told != null && !queue.counted();
  }

  /** The observation with what is remembered of the pods' version. */
  public Observation remembering(boolean proven) {
    return new Observation(now, seen, queue, told, proven);
  }
}
