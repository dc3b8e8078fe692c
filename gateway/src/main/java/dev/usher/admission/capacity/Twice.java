package dev.usher.admission.capacity;

/** Whether something was seen in two windows, one after the other: in one it may be chance. */
final class Twice {
  /** Time after which a later window no longer confirms an earlier one. */
  private static final long DOUBT_MILLIS = 60_000;

  /** When the first of two windows ended. */
  private long doubtedAt = Long.MAX_VALUE;

  /** Notes that it is seen in this window. Returns whether it was seen in an earlier one. */
  boolean isSure(long now, AnswerWindow.Window window) {
    if (now - doubtedAt > DOUBT_MILLIS || doubtedAt > now) {
      doubtedAt = now;
      return false;
    }
    return window.began() >= doubtedAt;
  }

  /** Forgets what was seen, because it has been dealt with. */
  void forget() {
    doubtedAt = Long.MAX_VALUE;
  }
}
