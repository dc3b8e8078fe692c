package dev.usher.pods.roster;

/** Since when a pod is ready. Confined to the roster's lock. */
final class PodAge {
  private static final long UNKNOWN = -1;

  /** As whoever watches the pods says, in milliseconds since 1970. */
  private long said = UNKNOWN;

  private long seen = UNKNOWN;
  private boolean metReady;
  private boolean metUnready;

  /**
   * Hears since when it is ready.
   *
   * @param since in milliseconds since 1970, 0 when that is not known
   */
  void said(long since) {
    if (since > 0 && (said == UNKNOWN || since < said)) {
      said = since;
    }
  }

  /** It is seen ready. */
  void readyAt(long now) {
    seen = seen == UNKNOWN ? now : seen;
  }

  /** It was ready when it was first asked: it served before anybody looked. */
  void meetReady() {
    metReady = true;
  }

  /** It was not ready then. */
  void meetUnready() {
    metUnready = true;
  }

  /** Whether nothing but that says that it did not serve before. */
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

  /** Milliseconds since it became ready; 0 when that is not known. */
  long millis(long now) {
    long since = said == UNKNOWN ? seen : said;
    return since == UNKNOWN ? 0 : Math.max(0, now - since);
  }
}
