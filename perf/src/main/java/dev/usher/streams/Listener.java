package dev.usher.streams;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** One visitor with a connection of their own, who joins the line and then listens. */
final class Listener {
  private static final String EVENT = "event: ";

  private final HttpClientAgent client;
  private final HeardByAll heard;
  private long lastNanos;
  private String cookie = "";

  Listener(HttpClientAgent client, HeardByAll heard) {
    this.client = client;
    this.heard = heard;
  }

  /** Joins. Completes with the connection once the visitor has a ticket. */
  Future<HttpClientConnection> join(int port) {
    return client
        .connect(new HttpConnectOptions().setHost("127.0.0.1").setPort(port))
        .compose(
            connection ->
                connection
                    .request(options(HttpMethod.POST, "/_usher/join"))
                    .compose(request -> request.send())
                    .compose(this::ticket)
                    .map(connection));
  }

  private static RequestOptions options(HttpMethod method, String target) {
    return new RequestOptions().setMethod(method).setURI(target);
  }

  private Future<Void> ticket(HttpClientResponse answer) {
    String given = answer.getHeader("set-cookie");
    if (answer.statusCode() != 200 || given == null) {
      return Future.failedFuture("join was answered " + answer.statusCode());
    }
    cookie = given.substring(0, given.indexOf(';'));
    return answer.body().mapEmpty();
  }

  /** Listens. Completes with the status once the stream is open. */
  Future<Integer> listen(HttpClientConnection connection) {
    return connection
        .request(options(HttpMethod.GET, "/_usher/stream").putHeader("cookie", cookie))
        .compose(request -> request.send())
        .map(
            answer -> {
              answer.handler(this::hear);
              return answer.statusCode();
            });
  }

  /** Gives up the place. */
  Future<Void> leave(HttpClientConnection connection) {
    return connection
        .request(options(HttpMethod.POST, "/_usher/leave").putHeader("cookie", cookie))
        .compose(request -> request.send())
        .compose(HttpClientResponse::body)
        .mapEmpty();
  }

  private void hear(Buffer bytes) {
    String text = bytes.toString();
    if (!text.contains(EVENT)) {
      return;
    }
    long now = System.nanoTime();
    heard.event(lastNanos == 0 ? 0 : now - lastNanos, now, text.contains("event: message"));
    lastNanos = now;
  }
}
