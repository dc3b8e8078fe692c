package dev.usher.admission;

/**
 * What is known of one upstream when the next visitors are to be called.
 *
 * @param now milliseconds; only differences matter
 * @param seen its pods and what they were sent
 * @param queue who waits and who is inside
 * @param provenBefore whether pods of this version are remembered to bear what is declared
 */
public record Observation(long now, PodsSeen seen, QueueCounts queue, boolean provenBefore) {
  /** Nothing is remembered. */
  public Observation(long now, PodsSeen seen, QueueCounts queue) {
    this(now, seen, queue, false);
  }

  /** The same by who remembers. */
  public Observation remembering(boolean proven) {
    return new Observation(now, seen, queue, proven);
  }
}
