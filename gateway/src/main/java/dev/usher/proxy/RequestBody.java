package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import dev.usher.server.Intake;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * A request's body while nobody reads it. Vert.x throws where a request that has ended is paused or
 * read on, and what comes before anyone listens is lost: both are seen to here and nowhere else.
 */
public final class RequestBody {
  /** A browser reads the answer only when it has sent its body; a megabyte is sent in a moment. */
  private static final long DISCARD_MAX = 1024 * 1024;

  /** RST_STREAM's word for "the answer is whole, I need no more of the request" (RFC 9113, 8.1). */
  private static final long NO_ERROR = 0;

  private RequestBody() {}

  /** Whether a body follows the head, or in HTTP/2 may follow. */
  static boolean mayCome(HttpServerRequest request) {
    String length = request.headers().get(HeaderNames.CONTENT_LENGTH);
    if (length != null) {
      return !length.equals("0");
    }
    return request.version() == HttpVersion.HTTP_2
        || request.headers().contains(HeaderNames.TRANSFER_ENCODING);
  }

  /** Whether the head tells of a body; in HTTP/2 one may come nevertheless. */
  public static boolean isTold(HttpServerRequest request) {
    String length = request.headers().get(HeaderNames.CONTENT_LENGTH);
    return length == null
        ? request.headers().contains(HeaderNames.TRANSFER_ENCODING)
        : !length.equals("0");
  }

  /**
   * Keeps the body in the visitor's socket. To be called before anything else may happen: a part
   * that has been read already is gone. Returns whether it is held.
   */
  static boolean hold(HttpServerRequest request) {
    if (!mayCome(request) || request.isEnded()) {
      return false;
    }
    request.pause();
    Intake.hold(request);
    return true;
  }

  /** Keeps the body until somebody reads it, or until the request is answered without. */
  public static void holdUntilAnswered(HttpServerRequest request) {
    if (hold(request)) {
      request.response().bodyEndHandler(v -> discard(request));
    }
  }

  /** Lets it come. */
  static void flow(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.resume();
    }
    Intake.flow(request);
  }

  /**
   * Throws away what still comes, so that the connection can be used again; a visitor who has more
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
