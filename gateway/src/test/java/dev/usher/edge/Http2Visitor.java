package dev.usher.edge;

import dev.usher.proxy.ProxyRig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A visitor with one HTTP/2 connection, as browsers have it. */
public final class Http2Visitor implements AutoCloseable {
  private final HttpClientAgent client;
  private final HttpClientConnection connection;

  public Http2Visitor(Vertx vertx, int port) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false));
    connection =
        ProxyRig.await(client.connect(new HttpConnectOptions().setHost("127.0.0.1").setPort(port)));
  }

  /** A request of this visitor, nothing sent yet. */
  public HttpClientRequest request(String method, String target) {
    return ProxyRig.await(
        connection.request(
            new RequestOptions().setMethod(HttpMethod.valueOf(method)).setURI(target)));
  }

  /** What comes back: the status and the body, or the failure's message. */
  public static CompletableFuture<String> answer(HttpClientRequest request) {
    return request
        .response()
        .compose(head -> head.body().map(body -> head.statusCode() + " " + body))
        .toCompletionStage()
        .exceptionally(Throwable::getMessage)
        .toCompletableFuture()
        .orTimeout(5, TimeUnit.SECONDS);
  }

  public String get(String target) {
    HttpClientRequest request = request("GET", target);
    CompletableFuture<String> answer = answer(request);
    var unused = request.end();
    return answer.join();
  }

  public String post(String target, String body) {
    HttpClientRequest request = request("POST", target);
    CompletableFuture<String> answer = answer(request);
    var unused = request.end(Buffer.buffer(body));
    return answer.join();
  }

  /** Hears of it when the other side closes the connection. */
  public void onClose(Runnable heard) {
    connection.closeHandler(v -> heard.run());
  }

  /** Closes the connection, whatever is on its way. */
  public void leave() {
    ProxyRig.await(connection.close());
  }

  @Override
  public void close() {
    ProxyRig.await(client.close());
  }
}
