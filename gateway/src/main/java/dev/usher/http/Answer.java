package dev.usher.http;

import dev.usher.page.WaitingPage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** An answer of Usher's own, never kept by any cache. */
public record Answer(int status, String type, Buffer body) {
  /** Problem details (RFC 9457) with this body, or JSON. */
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

  /** Sets what every answer of Usher's own says: keep it not, guess it not, tell it to nobody. */
  public static MultiMap ours(MultiMap headers) {
    return headers
        .set(HeaderNames.CACHE_CONTROL, HeaderNames.NO_STORE)
        .set(HeaderNames.X_CONTENT_TYPE_OPTIONS, HeaderNames.NOSNIFF)
        .set(HeaderNames.REFERRER_POLICY, HeaderNames.SAME_ORIGIN);
  }

  /** Ends the response; a visitor who is gone already needs none. */
  public static void end(HttpServerResponse response, Buffer body) {
    var unused = response.end(body);
  }
}
