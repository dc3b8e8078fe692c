package dev.usher.proxy.connection;

import org.jspecify.annotations.Nullable;

/** What a pod says of how long it keeps an idle connection: {@code Keep-Alive: timeout=5}. */
final class KeepAlive {
  private static final String TIMEOUT = "timeout=";

  /** It is reckoned from when the pod sent the answer, and its close is under way before we see. */
  private static final long EARLIER_MILLIS = 1000;

  /** A day is as good as forever, and no number is too long to be read. */
  private static final long MAX_SECONDS = 86_400;

  private KeepAlive() {}

  /** Milliseconds that the connection may be idle, by this header; without end where it is none. */
  static long millis(@Nullable String header) {
    int at = header == null ? -1 : header.indexOf(TIMEOUT);
    if (header == null || at < 0) {
      return Long.MAX_VALUE;
    }
    long seconds = 0;
    int i = at + TIMEOUT.length();
    while (i < header.length() && Character.digit(header.charAt(i), 10) >= 0) {
      seconds = Math.min(MAX_SECONDS, seconds * 10 + Character.digit(header.charAt(i), 10));
      i++;
    }
    return Math.max(0, seconds * 1000 - EARLIER_MILLIS);
  }
}
