package dev.usher.pods;

/**
 * What a watcher of the pods says of one of them.
 *
 * @param pod its address
 * @param life which pod this is, empty when unknown; another one at the same address begins cold
 * @param restarts how often it was restarted, -1 when unknown; after each restart it begins cold
 * @param standing whether requests may be sent to it
 * @param readySince when it became ready, in milliseconds since 1970; 0 when unknown
 * @param traits what else is known of it
 */
public record PodFact(
    Pod pod, String life, int restarts, Standing standing, long readySince, PodTraits traits) {
  /** A fact without the time at which the pod became ready. */
  public PodFact(Pod pod, String life, int restarts, Standing standing, PodTraits traits) {
    this(pod, life, restarts, standing, 0, traits);
  }

  /** Whether requests may be sent to a pod. */
  public enum Standing {
    READY,
    /** Not now. */
    UNREADY,
    /** Never again: it is certainly on its way out. */
    LEAVING
  }

  /** The same pod with another standing. */
  public PodFact standing(Standing other) {
    return new PodFact(pod, life, restarts, other, readySince, traits);
  }
}
