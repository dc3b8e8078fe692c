package dev.usher.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * What is left when a handler of our own throws: whoever asked is answered, and the exception goes
 * on to the event loop's {@code EdgeFailures}.
 */
public final class LastResort {
  /** RST_STREAM's word for "our fault" (RFC 9113, 7). */
  public static final long INTERNAL_ERROR = 2;

  private LastResort() {}

  /** Does this step of answering the request. */
  public static void run(HttpServerRequest request, Handler<HttpServerRequest> step) {
    try {
      step.handle(request);
    } catch (RuntimeException | Error e) {
      answer(request);
      throw e;
    }
  }

  /** Answers 500, or, where an answer has begun, shows that it is not whole. */
  public static void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      var unused = response.reset(INTERNAL_ERROR);
      return;
    }
    response.headers().clear();
    Answer.of(Problem.INTERNAL_ERROR, "Please try again.").send(request);
  }
}
