package dev.usher.pods;

/**
 * A pod came into the set or left it.
 *
 * @param pod the pod
 * @param kind what happened
 * @param reason why, in a few words for the log
 */
public record PodChange(Pod pod, Kind kind, String reason) {
  /** What happened to the pod; the log's event is {@code pod_} and this in lower case. */
  public enum Kind {
    READY,
    UNREADY,
    /** It was never ready so far, and is not yet. */
    NOT_READY,
    EJECTED,
    GONE
  }
}
