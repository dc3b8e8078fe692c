package dev.usher.pods.roster;

import org.jspecify.annotations.Nullable;

/** What a pod's last probe came to, in words for people. Changes under the roster's lock only. */
final class LastProbe {
  /** A pod that answers now so, now so, does not fill the log. */
  private static final long NEWS_MILLIS = 10_000;

  private @Nullable String words;
  private @Nullable String told;
  private long newsFrom = Long.MIN_VALUE;

  void is(String said) {
    words = said;
  }

  /** Null before the first one. */
  @Nullable String words() {
    return words;
  }

  /** Whether it is another than the one told last, which it is from now on. */
  boolean isNews(long now) {
    if (words == null || words.equals(told) || now < newsFrom) {
      return false;
    }
    told = words;
    newsFrom = now + NEWS_MILLIS;
    return true;
  }
}
