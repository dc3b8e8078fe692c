package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What a pod says before it answers (RFC 9110, 15.2). The word to send the body is passed on once,
 * to who waits for it, and early hints to who speaks HTTP/2: older clients take them for the
 * answer. All else is dropped.
 */
final class Interim {
  /** No answer needs many, and none of them may cost the visitor's connection anything. */
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

  /** Tells the visitor to send the body, if they wait for that word and have not heard it. */
  void goOn() {
    if (!continued
        && request.headers().contains(HeaderNames.EXPECT)
        && request.version() != HttpVersion.HTTP_1_0) {
      continued = true;
      var unused = request.response().writeContinue();
    }
  }

  /** Passes it on as far as it is for the visitor. Returns whether that was not one too many. */
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
