package dev.usher.admission;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one upstream when the next visitors are to be called.
 *
 * @param now milliseconds; only differences matter
 * @param seen its pods and what they were sent
 * @param queue who waits and who is inside
 * @param told what the replica that leads has learnt; null while that is not known
 * @param provenBefore whether pods of this version are remembered to bear what is declared
 */
public record Observation(
    long now, PodsSeen seen, QueueCounts queue, @Nullable Learnt told, boolean provenBefore) {
  /** Nothing is remembered, and nobody else has learnt anything. */
  public Observation(long now, PodsSeen seen, QueueCounts queue) {
    this(now, seen, queue, null, false);
  }

  /** Nothing is remembered. */
  public Observation(long now, PodsSeen seen, QueueCounts queue, @Nullable Learnt told) {
    this(now, seen, queue, told, false);
  }

  /** Whether another replica leads and its word counts. */
  public boolean follows() {
    return told != null && !queue.counted();
  }

  /** The same by who remembers. */
  public Observation remembering(boolean proven) {
    return new Observation(now, seen, queue, told, proven);
  }
}
