package dev.usher.admission;

/**
 * What is known of one upstream when the next visitors are to be called.
 *
 * @param now milliseconds; only differences matter
 * @param seen its pods and what they were sent
 * @param queue who waits and who is inside
 */
public record Observation(long now, PodsSeen seen, QueueCounts queue) {}
