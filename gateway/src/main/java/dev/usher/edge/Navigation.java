package dev.usher.edge;

import dev.usher.http.HeaderNames;
import dev.usher.http.Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request opens a page, and how its visitor should be answered.
 *
 * <p>Only such a request takes a number: a page's own background calls would fill the queue with
 * visitors who never come.
 */
final class Navigation {
  /** The part of an Accept header that is read; browsers send about 150 characters. */
  private static final int ACCEPT_MAX = 1024;

  private Navigation() {}

  /** How to answer a visitor who waits. */
  enum Answer {
    HTML,
    JSON
  }

  /** Whether the request sends something that would be lost. */
  static boolean sends(HttpMethod method) {
    return !method.equals(HttpMethod.GET)
        && !method.equals(HttpMethod.HEAD)
        && !method.equals(HttpMethod.OPTIONS)
        && !method.equals(HttpMethod.TRACE);
  }

  /** Whether a browser would show the answer as a page, whatever the method. */
  static boolean wantsPage(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (request.method().equals(HttpMethod.GET)) {
      return is("GET", headers::get)
          && preferred(headers.get(HeaderNames.ACCEPT)) == Navigation.Answer.HTML;
    }
    String accept = headers.get(HeaderNames.ACCEPT);
    String mode = headers.get("Sec-Fetch-Mode");
    return accept != null
        && accept.contains("text/html")
        && preferred(accept) == Navigation.Answer.HTML
        && (mode == null ? headers.get("X-Requested-With") == null : mode.equals("navigate"));
  }

  /** Whether this request opens a page. */
  static boolean is(String method, Headers headers) {
    if (!method.equals("GET") || !admitsHtml(headers.get("Accept"))) {
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
    return destination.equals("document")
        || destination.equals("iframe")
        || destination.equals("frame");
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

  private static boolean admitsHtml(@Nullable String accept) {
    return accept == null || quality(accept, "text/", "html") > 0;
  }

  /**
   * JSON if its quality is higher, or as high and HTML is accepted only by a wildcard; otherwise
   * HTML.
   */
  static Answer preferred(@Nullable String accept) {
    if (accept == null) {
      return Answer.HTML;
    }
    int html = quality(accept, "text/", "html");
    int json =
        Math.max(
            quality(accept, "application/", "json"),
            quality(accept, "application/", "problem+json"));
    return json > html ? Answer.JSON : Answer.HTML;
  }

  /**
   * How well a type is accepted: four times the thousandths of its most specific entry's quality
   * (RFC 9110, section 12.5.1), with a point or two for being named; 0 if it is not accepted.
   */
  private static int quality(String accept, String type, String subtype) {
    int best = 0;
    int bestRank = -1;
    int end = Math.min(accept.length(), ACCEPT_MAX);
    int from = 0;
    while (from < end) {
      int comma = accept.indexOf(',', from);
      int to = comma < 0 || comma > end ? end : comma;
      int rank = rank(accept, from, to, type + subtype);
      if (rank > bestRank) {
        int thousandths = thousandths(accept, from, to);
        best = thousandths == 0 ? 0 : thousandths * 4 + rank;
        bestRank = rank;
      }
      from = to + 1;
    }
    return best;
  }

  /** 2 if the entry names the type, 1 for its wildcard, 0 for any type, -1 for another type. */
  private static int rank(String accept, int from, int to, String type) {
    int start = skipBlanks(accept, from, to);
    int end = start;
    while (end < to && ";, \t".indexOf(accept.charAt(end)) < 0) {
      end++;
    }
    int length = end - start;
    if (length == type.length() && accept.regionMatches(true, start, type, 0, length)) {
      return 2;
    }
    int slash = type.indexOf('/') + 1;
    if (length == slash + 1
        && accept.charAt(end - 1) == '*'
        && accept.regionMatches(true, start, type, 0, slash)) {
      return 1;
    }
    return length == 3 && accept.startsWith("*/*", start) ? 0 : -1;
  }

  private static int thousandths(String accept, int from, int to) {
    int at = accept.indexOf(';', from);
    while (at >= 0 && at < to) {
      int name = skipBlanks(accept, at + 1, to);
      if (name + 1 < to && (accept.charAt(name) | 0x20) == 'q' && accept.charAt(name + 1) == '=') {
        return decimal(accept, name + 2, to);
      }
      at = accept.indexOf(';', at + 1);
    }
    return 1000;
  }

  /** A number from 0 to 1 with at most three digits after the point; anything else counts as 1. */
  private static int decimal(String accept, int from, int to) {
    if (from >= to || accept.charAt(from) != '0') {
      return 1000;
    }
    int value = 0;
    int worth = 100;
    for (int i = from + 2; i < to && worth > 0; i++) {
      int digit = accept.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value += digit * worth;
      worth /= 10;
    }
    return value;
  }

  private static int skipBlanks(String text, int from, int to) {
    int at = from;
    while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
