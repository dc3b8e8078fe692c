package dev.usher.edge;

import dev.usher.page.WaitingPage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** An answer of Usher's own, never kept by any cache. */
record Answer(int status, String type, Buffer body) {
  /** Problem details (RFC 9457) with this body, or JSON. */
  static Answer of(int status, Buffer problem) {
    return new Answer(status, "application/problem+json", problem);
  }

  static Answer page(int status, byte[] html) {
    return new Answer(status, "text/html; charset=utf-8", Buffer.buffer(html));
  }

  static Answer json(byte[] json) {
    return new Answer(200, "application/json", Buffer.buffer(json));
  }

  static Buffer problem(String title, int status, String detail) {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .toBuffer()
        .appendString("\n");
  }

  void send(HttpServerRequest request) {
    HttpServerResponse response = request.response().setStatusCode(status);
    ours(response.headers()).set(Names.CONTENT_TYPE, type);
    if (type.startsWith("text/html")) {
      response.headers().set("Content-Security-Policy", WaitingPage.CONTENT_SECURITY_POLICY);
    }
    end(response, body);
  }

  /** Sets what every answer of Usher's own says: keep it not, guess it not, tell it to nobody. */
  static MultiMap ours(MultiMap headers) {
    return headers
        .set(Names.CACHE_CONTROL, Names.NO_STORE)
        .set(Names.X_CONTENT_TYPE_OPTIONS, Names.NOSNIFF)
        .set(Names.REFERRER_POLICY, Names.SAME_ORIGIN);
  }

  /** Ends the response; a visitor who is gone already needs none. */
  static void end(HttpServerResponse response, Buffer body) {
    var unused = response.end(body);
  }
}
