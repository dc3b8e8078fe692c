package dev.usher.admission.capacity;

/** Whether something was seen in two windows that follow each other: in one it may be chance. */
final class Twice {
  /** A window is no other's fellow after so long. */
  private static final long DOUBT_MILLIS = 60_000;

  /** When the first of two windows ended. */
  private long doubtedAt = Long.MAX_VALUE;

  /** It is seen in this window. Returns whether it was in one before it. */
  boolean isSure(long now, AnswerWindow.Window window) {
    if (now - doubtedAt > DOUBT_MILLIS || doubtedAt > now) {
      doubtedAt = now;
      return false;
    }
    return window.began() >= doubtedAt;
  }

  /** What was seen is dealt with. */
  void forget() {
    doubtedAt = Long.MAX_VALUE;
  }
}
