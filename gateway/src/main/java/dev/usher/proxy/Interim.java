package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * The interim answers of a pod (RFC 9110, 15.2). The word to send the body is forwarded once, to a
 * visitor who waits for it, and early hints to a visitor who speaks HTTP/2: older clients take them
 * for the answer. All others are dropped.
 */
final class Interim {
  /**
   * Limit on interim answers: no answer needs many, and they must cost the visitor's connection
   * nothing.
   */
  private static final int MAX = 100;

  private static final int CONTINUE = 100;
  private static final int EARLY_HINTS = 103;

  private final HttpServerRequest request;
  private int heard;
  private boolean continued;

  Interim(HttpServerRequest request) {
    this.request = request;
  }

  /** Whether the visitor was told to send the body. */
  boolean toldToGoOn() {
    return continued;
  }

  /** Tells the visitor to send the body, if they wait for that word and have not had it. */
  void goOn() {
    if (!continued
        && request.headers().contains(HeaderNames.EXPECT)
        && request.version() != HttpVersion.HTTP_1_0) {
      continued = true;
      var unused = request.response().writeContinue();
    }
  }

  /**
   * Forwards an interim answer if it is for the visitor. Returns false for an invalid one, or one
   * too many.
   */
  boolean hear(HttpResponse head) {
    int status = head.status().code();
    if (++heard > MAX || status < CONTINUE) {
      return false;
    }
    if (status == CONTINUE) {
      goOn();
    } else if (status == EARLY_HINTS && request.version() == HttpVersion.HTTP_2) {
      MultiMap hints = MultiMap.caseInsensitiveMultiMap();
      AnswerPump.copy(head.headers(), hints);
      var unused = request.response().writeEarlyHints(hints);
    }
    return true;
  }
}
