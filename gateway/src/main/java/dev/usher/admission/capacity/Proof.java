package dev.usher.admission.capacity;

import org.jspecify.annotations.Nullable;

/**
 * The proof that the pods of one version bear the whole of what is declared, so that it may be
 * remembered: a minute of being nearly full and healthy, and nothing against it since.
 */
final class Proof {
  private @Nullable String template;
  private long since = Long.MAX_VALUE;
  private boolean holds;

  /** Hears the version: what pods of another one have borne proves nothing about these. */
  void meet(@Nullable String now) {
    if (now != null && !now.equals(template)) {
      template = now;
      refute();
    }
  }

  /**
   * Takes in a healthy step.
   *
   * @param whole whether the pods are nearly full, of no less than what is declared
   */
  void hold(long now, boolean whole) {
    since = whole ? Math.min(since, now) : Long.MAX_VALUE;
    holds |= now - since >= Correction.PROVEN_MILLIS;
  }

  /** Takes in a step that says nothing, or not enough. */
  void interrupt() {
    since = Long.MAX_VALUE;
  }

  /** Drops the proof: the pods turned out not to bear it, or something else is declared. */
  void refute() {
    interrupt();
    holds = false;
  }

  boolean holds() {
    return holds;
  }
}
