package dev.usher.edge;

import dev.usher.http.HeaderNames;
import dev.usher.room.Intent;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * What a stranger's request is for, as far as its head tells. A person or an app may come in; a
 * request that no person made takes neither a place nor a number.
 */
final class Errand {
  private Errand() {}

  /** The intent of a request that shows no token of the room. */
  static Intent of(HttpServerRequest request, boolean goesToPage) {
    MultiMap headers = request.headers();
    if (Robots.isRobot(headers.get("User-Agent")) || Robots.isForRobots(request.uri())) {
      return Intent.ROBOT;
    }
    if (isLook(request.method())
        || Navigation.isPrefetch(headers::get)
        || isPart(headers)
        || keepsNothing(headers)) {
      return Intent.PEEK;
    }
    return goesToPage ? Intent.NAVIGATE : Intent.ENTER;
  }

  private static boolean isLook(HttpMethod method) {
    return method.equals(HttpMethod.HEAD)
        || method.equals(HttpMethod.OPTIONS)
        || method.equals(HttpMethod.TRACE);
  }

  /**
   * Whether this is for a picture, a style or a script: a page has dozens, and each would become a
   * visitor.
   */
  private static boolean isPart(MultiMap headers) {
    String destination = headers.get("Sec-Fetch-Dest");
    if (destination != null) {
      return !destination.equals("empty") && !Navigation.isPage(destination);
    }
    String accept = headers.get(HeaderNames.ACCEPT);
    return accept != null && (accept.startsWith("image/") || accept.startsWith("text/css"));
  }

  /**
   * Whether this is a call from another site whose cookies are blocked: each would begin a session.
   */
  private static boolean keepsNothing(MultiMap headers) {
    String mode = headers.get("Sec-Fetch-Mode");
    return "cross-site".equals(headers.get("Sec-Fetch-Site"))
        && mode != null
        && !mode.equals("navigate")
        && !headers.contains(HeaderNames.COOKIE);
  }
}
