package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that are long by nature, so that their times say nothing about how busy the pods
 * are.
 */
final class LongRequest {
  /** A longer body comes as fast as the visitor's connection allows, not as the pod works. */
  static final long UPLOAD_BYTES = 64 * 1024;

  private static final AsciiString EVENT_STREAM = AsciiString.cached("text/event-stream");

  private LongRequest() {}

  /** Whether this is the type of an event stream. */
  static boolean isEvents(@Nullable CharSequence type) {
    return type != null && AsciiString.containsIgnoreCase(type, EVENT_STREAM);
  }

  /** Whether the request is long, as far as its head tells. */
  static boolean is(HttpServerRequest request) {
    return Tunnel.protocolAsked(request) != null
        || declaredLength(request) > UPLOAD_BYTES
        || asksForEvents(request);
  }

  /** Length of the body by the head; 0 if the head does not tell. */
  static long declaredLength(HttpServerRequest request) {
    String length = request.headers().get(HeaderNames.CONTENT_LENGTH);
    if (length == null) {
      return 0;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE; // more digits than a long: certainly too large
    }
  }

  /** Whether the request holds its slot for minutes, as far as its head tells. */
  static boolean isStream(HttpServerRequest request) {
    return Tunnel.protocolAsked(request) != null || asksForEvents(request);
  }

  private static boolean asksForEvents(HttpServerRequest request) {
    String accept = request.headers().get(HeaderNames.ACCEPT);
    return isEvents(accept);
  }
}
