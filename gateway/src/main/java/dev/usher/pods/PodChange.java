package dev.usher.pods;

/**
 * A change of one pod: it came into the set, left it, or is not ready yet.
 *
 * @param pod the pod
 * @param kind what happened
 * @param reason the reason, in a few words for the log
 */
public record PodChange(Pod pod, Kind kind, String reason) {
  /** What happened to the pod; the log's event is {@code pod_} and this in lower case. */
  public enum Kind {
    READY,
    UNREADY,
    /** It has never been ready, and is not yet. */
    NOT_READY,
    EJECTED,
    GONE
  }
}
