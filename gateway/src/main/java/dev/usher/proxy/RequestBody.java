package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import dev.usher.server.Intake;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * A request's body while nobody reads it. Vert.x throws if a request that has ended is paused or
 * resumed, and loses what comes before anyone listens: both are handled here and nowhere else.
 */
public final class RequestBody {
  /**
   * Most that is discarded: a browser reads the answer only when it has sent its body, and a
   * megabyte is sent in a moment.
   */
  private static final long DISCARD_MAX = 1024 * 1024;

  /**
   * The code of RST_STREAM for "the answer is complete, I need no more of the request" (RFC 9113,
   * 8.1).
   */
  private static final long NO_ERROR = 0;

  private RequestBody() {}

  /** Whether a body follows the head or, in HTTP/2, may follow. */
  static boolean mayCome(HttpServerRequest request) {
    String length = request.headers().get(HeaderNames.CONTENT_LENGTH);
    if (length != null) {
      return !length.equals("0");
    }
    return request.version() == HttpVersion.HTTP_2
        || request.headers().contains(HeaderNames.TRANSFER_ENCODING);
  }

  /** Whether the head announces a body; in HTTP/2 one may come nevertheless. */
  public static boolean isTold(HttpServerRequest request) {
    String length = request.headers().get(HeaderNames.CONTENT_LENGTH);
    return length == null
        ? request.headers().contains(HeaderNames.TRANSFER_ENCODING)
        : !length.equals("0");
  }

  /**
   * Keeps the body in the visitor's socket. Must be called before anything else can happen, because
   * a part that has been read already is gone. Returns whether the body is held.
   */
  static boolean hold(HttpServerRequest request) {
    if (!mayCome(request) || request.isEnded()) {
      return false;
    }
    request.pause();
    Intake.hold(request);
    return true;
  }

  /** Keeps the body until somebody reads it, or until the request is answered without it. */
  public static void holdUntilAnswered(HttpServerRequest request) {
    if (hold(request)) {
      request.response().bodyEndHandler(v -> discard(request));
    }
  }

  /** Lets the body come. */
  static void flow(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.resume();
    }
    Intake.flow(request);
  }

  /**
   * Discards what still comes, so that the connection can be used again; a visitor who has more
   * than a little left is cut off.
   */
  static void discard(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    long[] discarded = {0};
    request.handler(
        part -> {
          discarded[0] += part.length();
          if (discarded[0] > DISCARD_MAX) {
            cutOff(request);
          }
        });
    request.resume();
    Intake.flow(request);
  }

  private static void cutOff(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      var unused = request.response().reset(NO_ERROR);
    } else {
      var unused = request.connection().close();
    }
  }
}
