package dev.usher.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;

/**
 * The first handshake of a process, which takes many times as long as those that follow. An edge
 * gives visitors a time for theirs, and a busy machine would need more of it for this one.
 */
final class FirstHandshake {
  private static final int PATIENCE_SECONDS = 30;

  private FirstHandshake() {}

  /** Lets a visitor come by HTTP/2 to a server with this certificate. */
  static void with(ListenOptions.Tls tls) {
    Vertx vertx = Vertx.vertx();
    HttpServerOptions server =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setSslHandshakeTimeout(PATIENCE_SECONDS)
            .setKeyCertOptions(
                new PemKeyCertOptions().addCertPath(tls.certificate()).addKeyPath(tls.key()));
    HttpClientOptions visitor =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setSsl(true)
            .setUseAlpn(true)
            .setSslHandshakeTimeout(PATIENCE_SECONDS)
            .setTrustAll(true)
            .setVerifyHost(false);
    try {
      int port =
          vertx
              .createHttpServer(server)
              .requestHandler(request -> request.response().end())
              .listen(0, "127.0.0.1")
              .await()
              .actualPort();
      // Vert.x closes a client that nobody holds any more.
      HttpClient client = vertx.createHttpClient(visitor);
      client
          .request(HttpMethod.GET, port, "127.0.0.1", "/")
          .compose(request -> request.send())
          .compose(answer -> answer.end())
          .await();
      client.close().await();
    } finally {
      vertx.close().await();
    }
  }
}
