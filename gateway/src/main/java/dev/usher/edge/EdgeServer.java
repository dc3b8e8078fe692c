package dev.usher.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the servers that visitors connect to, one for each event loop, under limits that they
 * share. A handler only ever sees requests that {@link RequestCheck} found fine.
 */
public final class EdgeServer {
  /** A flash crowd connects within a second; those who find the queue full wait for a resend. */
  private static final int BACKLOG = 16_384;

  /** By one such name Vert.x gives all servers of a deployment the same free port. */
  private static final int SHARED_PORT = 1;

  /** Requests of one HTTP/2 connection at once; more than any browser asks for. */
  private static final long STREAMS_MAX = 256;

  private static final byte[] FULL =
      """
      HTTP/1.1 503 Service Unavailable\r
      Retry-After: 1\r
      Cache-Control: no-store\r
      Content-Length: 0\r
      Connection: close\r
      \r
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final ListenOptions listen;
  private final HttpServerOptions options;
  private final AtomicInteger connections = new AtomicInteger();
  private final EdgeFailures failures;

  /**
   * @param failures hears what the handlers on its event loops let out
   * @param observer hears of connections that were refused
   */
  public EdgeServer(ListenOptions listen, EdgeFailures failures, ConnectionObserver observer) {
    this.listen = listen;
    this.failures = failures;
    this.options = options(listen, observer);
  }

  /** Listens on the calling event loop. */
  public Future<HttpServer> listen(Vertx vertx, Handler<HttpServerRequest> handler) {
    vertx.getOrCreateContext().exceptionHandler(failures);
    return vertx
        .createHttpServer(new HttpServerOptions(options))
        .connectionHandler(this::connected)
        .requestHandler(request -> check(request, handler))
        .listen(
            listen.port() == 0
                ? SocketAddress.sharedRandomPort(SHARED_PORT, listen.host())
                : SocketAddress.inetSocketAddress(listen.port(), listen.host()));
  }

  /** Connections of visitors that are open now. */
  public int connections() {
    return connections.get();
  }

  private static HttpServerOptions options(ListenOptions listen, ConnectionObserver observer) {
    ListenOptions.Limits limits = listen.limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setAcceptBacklog(BACKLOG)
            .setTcpNoDelay(true)
            .setReuseAddress(true)
            .setMaxHeaderSize(limits.headerBytes())
            .setMaxInitialLineLength(limits.headerBytes())
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setHandle100ContinueAutomatically(false)
            // HTTP/2 comes by TLS, as browsers speak it. In clear text Vert.x decodes the first
            // request before anyone may look at the connection, so our decoder came too late.
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(STREAMS_MAX)
                    .setMaxHeaderListSize(limits.headerBytes()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) limits.idle().toMillis());
    if (listen.tls() != null) {
      setTls(options, listen.tls(), new TlsHandshakes(limits, observer));
      options
          .setSslHandshakeTimeout(limits.headerRead().toMillis())
          .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }
    return options;
  }

  private static void setTls(
      HttpServerOptions options, ListenOptions.Tls tls, TlsHandshakes handshakes) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setSslEngineOptions(handshakes)
        .setEnabledSecureTransportProtocols(new LinkedHashSet<>(TlsHandshakes.PROTOCOLS))
        .setKeyCertOptions(
            new PemKeyCertOptions().addCertPath(tls.certificate()).addKeyPath(tls.key()));
    TlsHandshakes.CIPHERS.forEach(options::addEnabledCipherSuite);
  }

  private void connected(HttpConnection connection) {
    int open = connections.incrementAndGet();
    connection.closeHandler(v -> connections.decrementAndGet());
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    boolean http1 = pipeline.get("httpDecoder") != null;
    if (open > listen.limits().connections()) {
      turnAway(connection, pipeline, http1);
    } else if (http1) {
      pipeline.replace(
          "httpDecoder",
          "httpDecoder",
          new GuardedRequestDecoder(options.getHttp1Config(), listen.limits().headerRead()));
    } else {
      Http2Guard.on(pipeline.get(Http2ConnectionHandler.class));
    }
  }

  private static void turnAway(HttpConnection connection, ChannelPipeline pipeline, boolean http1) {
    if (http1) {
      // Past the encoder, which knows of no request to answer yet.
      var unused =
          pipeline
              .context("httpEncoder")
              .writeAndFlush(Unpooled.wrappedBuffer(FULL))
              .addListener(ChannelFutureListener.CLOSE);
    } else {
      var unused = connection.close();
    }
  }

  private static void check(HttpServerRequest request, Handler<HttpServerRequest> handler) {
    String complaint = RequestCheck.complaint(request);
    if (complaint == null) {
      handler.handle(request);
      return;
    }
    request.response().setStatusCode(400);
    Answer.ours(request.response().headers()).set(Names.CONTENT_TYPE, "text/plain; charset=utf-8");
    var sent = request.response().end(complaint + "\n");
    if (request.version() != HttpVersion.HTTP_2) {
      // What follows on this connection may be the rest of a request that we read otherwise.
      var unused = sent.onComplete(end -> request.connection().close());
    }
  }
}
