package dev.usher.proxy.connection;

import org.jspecify.annotations.Nullable;

/**
 * The header {@code Keep-Alive: timeout=5}, by which a pod says how long it keeps an idle
 * connection.
 */
final class KeepAlive {
  private static final String TIMEOUT = "timeout=";

  /** The pod counts from when it sent the answer, and its close is under way before we see it. */
  private static final long EARLIER_MILLIS = 1000;

  /** A day is as good as forever; the cap also means that no number is too long to be read. */
  private static final long MAX_SECONDS = 86_400;

  private KeepAlive() {}

  /** Milliseconds for which the connection may be idle, by this header; unlimited without one. */
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
