package dev.usher.provision;

/**
 * The demand that the pods of one upstream have to bear.
 *
 * @param sessions the current sessions, including those that only a room which watches let in
 * @param waiting visitors who wait
 * @param wouldWait the sessions whose visitors would wait if the rooms that only watch guarded
 */
record Demand(long sessions, long waiting, long wouldWait) {
  Demand {
    if (sessions < 0 || waiting < 0 || wouldWait < 0) {
      throw new IllegalArgumentException(
          "sessions, waiting and wouldWait must be at least 0 but were "
              + (sessions + ", " + waiting + ", " + wouldWait));
    }
    wouldWait = Math.min(wouldWait, sessions);
  }

  /** Visitors who wait, and those who would. */
  long inLine() {
    return waiting + wouldWait;
  }

  /** All visitors, inside and in line. */
  long all() {
    return sessions + waiting;
  }
}
