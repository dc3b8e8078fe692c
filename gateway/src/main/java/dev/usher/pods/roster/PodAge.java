package dev.usher.pods.roster;

/** How long a pod has been ready. Confined to the roster's lock. */
final class PodAge {
  private static final long UNKNOWN = -1;

  /** When it became ready, as a watcher of the pods says, in milliseconds since 1970. */
  private long said = UNKNOWN;

  private long seen = UNKNOWN;
  private boolean metReady;
  private boolean metUnready;

  /**
   * Hears when the pod became ready.
   *
   * @param since milliseconds since 1970; 0 if unknown
   */
  void said(long since) {
    if (since > 0 && (said == UNKNOWN || since < said)) {
      said = since;
    }
  }

  /** Notes that the pod is seen ready. */
  void readyAt(long now) {
    seen = seen == UNKNOWN ? now : seen;
  }

  /** Notes that the pod was ready when it was first probed, so it served before anybody looked. */
  void meetReady() {
    metReady = true;
  }

  /** Notes that the pod was not ready when it was first probed. */
  void meetUnready() {
    metUnready = true;
  }

  /** Whether that first probe is all that says that the pod did not serve before. */
  boolean metUnready() {
    return metUnready;
  }

  boolean metReady() {
    return metReady;
  }

  void beginAnew() {
    said = UNKNOWN;
    seen = UNKNOWN;
    metReady = false;
    metUnready = false;
  }

  /** Milliseconds since the pod became ready; 0 if unknown. */
  long millis(long now) {
    long since = said == UNKNOWN ? seen : seen == UNKNOWN ? said : Math.min(said, seen);
    return since == UNKNOWN ? 0 : Math.max(0, now - since);
  }
}
