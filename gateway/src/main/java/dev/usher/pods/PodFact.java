package dev.usher.pods;

/**
 * What whoever watches the pods says of one of them.
 *
 * @param pod its address
 * @param life tells which pod this is, empty when unknown; another one at the same address begins
 *     cold
 * @param restarts how many times it was started anew, -1 when unknown; each time it begins cold
 * @param standing whether it may be sent requests
 * @param readySince since when it is ready, in milliseconds since 1970; 0 when unknown
 * @param traits what else is known of it
 */
public record PodFact(
    Pod pod, String life, int restarts, Standing standing, long readySince, PodTraits traits) {
  /** It is not known since when it is ready. */
  public PodFact(Pod pod, String life, int restarts, Standing standing, PodTraits traits) {
    this(pod, life, restarts, standing, 0, traits);
  }

  /** Whether a pod may be sent requests. */
  public enum Standing {
    READY,
    /** Not now. */
    UNREADY,
    /** No more: it is on its way out, for certain. */
    LEAVING
  }

  /** The same pod in another standing. */
  public PodFact standing(Standing other) {
    return new PodFact(pod, life, restarts, other, readySince, traits);
  }
}
