package dev.usher.edge;

import dev.usher.accept.Accept;
import dev.usher.http.HeaderNames;
import dev.usher.http.Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request opens a page.
 *
 * <p>Only such a request takes a number: a page's own background calls would fill the queue with
 * visitors who never come.
 */
final class Navigation {
  private Navigation() {}

  /** Whether the request sends something that would be lost. */
  static boolean sends(HttpMethod method) {
    return !method.equals(HttpMethod.GET)
        && !method.equals(HttpMethod.HEAD)
        && !method.equals(HttpMethod.OPTIONS)
        && !method.equals(HttpMethod.TRACE);
  }

  /**
   * Whether a browser would show the answer as a page, whatever the method: only whoever asks for a
   * page by name gets one that says no.
   */
  static boolean wantsPage(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (!Accept.asksForPage(headers.get(HeaderNames.ACCEPT))) {
      return false;
    }
    if (request.method().equals(HttpMethod.GET)) {
      return is("GET", headers::get);
    }
    String mode = headers.get("Sec-Fetch-Mode");
    return mode == null ? headers.get("X-Requested-With") == null : mode.equals("navigate");
  }

  /** Whether this request opens a page. */
  static boolean is(String method, Headers headers) {
    if (!method.equals("GET") || !Accept.takesPages(headers.get("Accept"))) {
      return false;
    }
    String mode = headers.get("Sec-Fetch-Mode");
    if (mode != null && !mode.equals("navigate")) {
      return false;
    }
    String destination = headers.get("Sec-Fetch-Dest");
    return (destination == null || isPage(destination))
        && !isPrefetch(headers)
        // Older browsers do not send the mode.
        && headers.get("X-Requested-With") == null
        && headers.get("Sec-WebSocket-Key") == null;
  }

  static boolean isPage(String destination) {
    return destination.equals("document") || isFrame(destination);
  }

  /** Whether the page is shown within another. Older browsers do not tell. */
  static boolean isFrame(@Nullable String destination) {
    return "iframe".equals(destination) || "frame".equals(destination);
  }

  /** Whether a page is fetched before anyone asked for it, which is nobody's arrival. */
  static boolean isPrefetch(Headers headers) {
    return speaksOfPrefetch(headers.get("Sec-Purpose"))
        || speaksOfPrefetch(headers.get("Purpose"))
        || speaksOfPrefetch(headers.get("X-Moz"));
  }

  private static boolean speaksOfPrefetch(@Nullable String purpose) {
    return purpose != null && purpose.contains("prefetch");
  }
}
