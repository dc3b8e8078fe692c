package dev.usher.http;

import dev.usher.page.NoticePage;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/**
 * The fallback when a handler of our own throws: the request is answered, and the exception goes on
 * to the event loop's {@code EdgeFailures}.
 */
public final class LastResort {
  /** The code of RST_STREAM for "our fault" (RFC 9113, 7). */
  public static final long INTERNAL_ERROR = 2;

  private LastResort() {}

  /**
   * Runs this step of answering the request.
   *
   * @param page the pages that tell a person
   * @param opening opens the headers of the fallback to pages of other sites that may see it
   */
  public static void run(
      HttpServerRequest request,
      NoticePage page,
      Handler<HttpServerRequest> step,
      Consumer<MultiMap> opening) {
    try {
      step.handle(request);
    } catch (RuntimeException | Error e) {
      answer(request, page, opening);
      throw e;
    }
  }

  /** Answers 500 or, if an answer has begun, shows that it is incomplete. */
  public static void answer(HttpServerRequest request, NoticePage page) {
    answer(request, page, headers -> {});
  }

  private static void answer(
      HttpServerRequest request, NoticePage page, Consumer<MultiMap> opening) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      var unused = response.reset(INTERNAL_ERROR);
      return;
    }
    response.headers().clear();
    opening.accept(response.headers());
    NoticeAnswer.refuse(
        request,
        page,
        NoticeAnswer.Refusal.of(request, Problem.INTERNAL_ERROR, "Please try again."));
  }
}
