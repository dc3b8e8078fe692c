package dev.usher.http;

import dev.usher.page.WaitingPage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** An answer of Usher's own, never kept by any cache. */
public record Answer(int status, String type, Buffer body) {
  /** An answer with this body: problem details (RFC 9457), or JSON. */
  public static Answer of(int status, Buffer problem) {
    return new Answer(status, "application/problem+json", problem);
  }

  public static Answer page(int status, byte[] html) {
    return new Answer(status, "text/html; charset=utf-8", Buffer.buffer(html));
  }

  public static Answer json(byte[] json) {
    return new Answer(200, "application/json", Buffer.buffer(json));
  }

  public static Buffer problem(String title, int status, String detail) {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .toBuffer()
        .appendString("\n");
  }

  public void send(HttpServerRequest request) {
    HttpServerResponse response = request.response().setStatusCode(status);
    ours(response.headers()).set(HeaderNames.CONTENT_TYPE, type);
    if (type.startsWith("text/html")) {
      response.headers().set("Content-Security-Policy", WaitingPage.CONTENT_SECURITY_POLICY);
    }
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
