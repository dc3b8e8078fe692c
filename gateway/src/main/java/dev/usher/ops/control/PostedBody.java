package dev.usher.ops.control;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads a request's body.
 *
 * @param length how long it is; if that is more than allowed, the content is not all of it
 */
record PostedBody(Buffer content, int length) {
  /** Room for a pass, or a message, and what surrounds it; a larger body is no such request. */
  static final int BODY_MAX = 4096;

  boolean isTooLong() {
    return length > BODY_MAX;
  }

  /** Reads it, and has it answered in any case, whatever goes wrong. */
  static CompletionStage<OpsAnswer> read(
      HttpServerRequest request, Function<PostedBody, CompletionStage<OpsAnswer>> then) {
    CompletableFuture<OpsAnswer> answer = new CompletableFuture<>();
    Buffer body = Buffer.buffer();
    int[] length = {0};
    request.handler(
        part -> {
          length[0] = Math.min(BODY_MAX + 1, length[0] + part.length());
          if (length[0] <= BODY_MAX) {
            body.appendBuffer(part);
          }
        });
    request.exceptionHandler(answer::completeExceptionally);
    request.endHandler(
        v -> {
          var unused =
              surely(then, new PostedBody(body, length[0]))
                  .whenComplete(
                      (told, failure) -> {
                        if (failure == null) {
                          answer.complete(told);
                        } else {
                          answer.completeExceptionally(failure);
                        }
                      });
        });
    return answer;
  }

  /**
   * Makes sure of an answer: an exception thrown here would be heard by nobody, and leave the
   * request without one.
   */
  private static CompletionStage<OpsAnswer> surely(
      Function<PostedBody, CompletionStage<OpsAnswer>> then, PostedBody body) {
    try {
      return then.apply(body);
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }
}
