package dev.usher.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** An answer of Usher's own, never kept by any cache. */
public record Answer(int status, String type, Buffer body) {
  /** The answer to a problem, with the details of this case. */
  public static Answer of(Problem problem, String detail) {
    return of(problem, problem.status(), detail);
  }

  /** The answer to a problem whose status a setting decides. */
  public static Answer of(Problem problem, int status, String detail) {
    Buffer details = problem.details(status, detail).toBuffer().appendString("\n");
    return new Answer(status, Problem.MEDIA_TYPE, details);
  }

  public static Answer json(byte[] json) {
    return new Answer(200, "application/json", Buffer.buffer(json));
  }

  public void send(HttpServerRequest request) {
    HttpServerResponse response = request.response().setStatusCode(status);
    ours(response.headers()).set(HeaderNames.CONTENT_TYPE, type);
    end(response, body);
  }

  /**
   * Sets the headers of every answer of our own: not to be cached, sniffed, or told to other sites
   * as a referrer.
   */
  public static MultiMap ours(MultiMap headers) {
    return headers
        .set(HeaderNames.CACHE_CONTROL, HeaderNames.NO_STORE)
        .set(HeaderNames.X_CONTENT_TYPE_OPTIONS, HeaderNames.NOSNIFF)
        .set(HeaderNames.REFERRER_POLICY, HeaderNames.SAME_ORIGIN);
  }

  /** Ends the response, unless the visitor is already gone. */
  public static void end(HttpServerResponse response, Buffer body) {
    var unused = response.end(body);
  }
}
