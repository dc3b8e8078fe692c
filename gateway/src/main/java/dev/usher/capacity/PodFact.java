package dev.usher.capacity;

import dev.usher.room.Pod;

/**
 * What whoever watches the pods says of one of them.
 *
 * @param pod its address
 * @param life which start of which pod this is; another one at the same address begins cold
 * @param standing whether it may be sent requests
 * @param traits what else is known of it
 */
public record PodFact(Pod pod, String life, Standing standing, PodTraits traits) {
  /** Whether a pod may be sent requests. */
  public enum Standing {
    READY,
    /** Not now. */
    UNREADY,
    /** No more: it is on its way out, for certain. */
    LEAVING
  }

  PodFact as(Standing other) {
    return new PodFact(pod, life, other, traits);
  }
}
