package dev.usher.admission.capacity;

/**
 * How full the pods are.
 *
 * @param sessions sessions as a share of what is allowed now
 * @param load requests a second as a share of what is allowed now
 * @param fleet the pods
 * @param fresh whether what is known of the pods is fresh
 */
record Fullness(double sessions, double load, Fleet fleet, boolean fresh) {
  /**
   * The share of whichever limit is nearer: either may bind, and then the other cannot be reached.
   */
  double use() {
    return Math.max(sessions, load);
  }

  /** The load as a share of what the pods are thought to bear. */
  double busy() {
    return load * fleet.headroom();
  }
}
