package dev.usher.pods.roster;

import org.jspecify.annotations.Nullable;

/** The result of a pod's last probe, in words for people. Changes only under the roster's lock. */
final class LastProbe {
  /**
   * Shortest time between two news, so that a pod whose answers alternate does not fill the log.
   */
  private static final long NEWS_MILLIS = 10_000;

  private @Nullable String words;
  private @Nullable String told;
  private long newsFrom = Long.MIN_VALUE;

  void is(String said) {
    words = said;
  }

  /** Null before the first probe. */
  @Nullable String words() {
    return words;
  }

  /** Whether the result differs from the one told last; if so, it counts as told. */
  boolean isNews(long now) {
    if (words == null || words.equals(told) || now < newsFrom) {
      return false;
    }
    told = words;
    newsFrom = now + NEWS_MILLIS;
    return true;
  }
}
