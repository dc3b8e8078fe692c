package dev.usher.cli.drill.http;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of an answer's head that a visitor looks at.
 *
 * @param status the status code
 * @param state the value of Usher-State, or null
 * @param retryAfter the value of Retry-After in seconds, -1 without one
 * @param length the value of Content-Length, -1 without one
 * @param chunked whether the body comes in chunks
 * @param lastOne whether the server closes the connection after this answer
 */
public record ResponseHead(
    int status,
    @Nullable String state,
    int retryAfter,
    long length,
    boolean chunked,
    boolean lastOne) {

  static final ResponseHead NONE = new ResponseHead(0, null, -1, -1, false, false);

  static ResponseHead parse(String text, CookieJar jar) {
    if (!text.startsWith("HTTP/1.") || text.length() < 12) {
      throw new IllegalArgumentException("An answer must begin with HTTP/1.x");
    }
    int status = Integer.parseInt(text.substring(9, 12));
    String state = null;
    int retryAfter = -1;
    long length = -1;
    boolean chunked = false;
    boolean lastOne = text.startsWith("HTTP/1.0");
    int from = text.indexOf('\n') + 1;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int colon = text.indexOf(':', from);
      if (colon < 0 || colon > end) {
        break;
      }
      String value = text.substring(colon + 1, end).trim();
      if (is(text, from, colon, "Set-Cookie")) {
        jar.set(value);
      } else if (is(text, from, colon, "Content-Length")) {
        length = Long.parseLong(value);
      } else if (is(text, from, colon, "Usher-State")) {
        state = value;
      } else if (is(text, from, colon, "Retry-After")) {
        retryAfter = Integer.parseInt(value);
      } else if (is(text, from, colon, "Transfer-Encoding")) {
        chunked = value.equalsIgnoreCase("chunked");
      } else if (is(text, from, colon, "Connection")) {
        lastOne = value.equalsIgnoreCase("close");
      }
      from = end + 1;
    }
    return new ResponseHead(status, state, retryAfter, chunked ? -1 : length, chunked, lastOne);
  }

  /** The head of an answer that Vert.x has read. */
  static ResponseHead of(int status, MultiMap headers, CookieJar jar) {
    headers.getAll("set-cookie").forEach(jar::set);
    String retryAfter = headers.get("retry-after");
    int seconds = retryAfter == null ? -1 : Integer.parseInt(retryAfter);
    return new ResponseHead(status, headers.get("usher-state"), seconds, -1, false, false);
  }

  private static boolean is(String text, int from, int colon, String name) {
    return colon - from == name.length() && text.regionMatches(true, from, name, 0, name.length());
  }
}
