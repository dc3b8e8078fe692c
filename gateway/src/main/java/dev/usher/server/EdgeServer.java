package dev.usher.server;

import io.netty.channel.Channel;
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
import io.vertx.core.http.impl.http1.Http1ServerConnection;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the servers that visitors connect to, one for each event loop, with shared limits. A
 * handler only ever sees requests in which {@link RequestCheck} found nothing wrong.
 */
public final class EdgeServer {
  /** A flash crowd connects within a second; visitors who find the queue full wait for a resend. */
  private static final int BACKLOG = 16_384;

  /** Vert.x gives all servers of a deployment that use the same such name the same free port. */
  private static final int SHARED_PORT = 1;

  /** Concurrent requests of one HTTP/2 connection; more than any browser sends. */
  private static final long STREAMS_MAX = 256;

  /**
   * Size of the parts in which a body comes: Vert.x queues up to two dozen of them before it stops
   * the socket of a visitor whose pod does not read.
   */
  private static final int PART = 2 * 1024;

  /**
   * What all streams of one HTTP/2 connection together may send ahead; each of them may send the
   * usual 64 KB. If that were also the limit for all, one upload that a pod does not read would
   * stop the others.
   */
  private static final int CONNECTION_WINDOW = 512 * 1024;

  private final ListenOptions listen;
  private final HttpServerOptions options;
  private final ProxyProtocol proxyProtocol;
  private final EdgeFailures failures;
  private final RefusedRequests refused;
  private final Connections connections;
  private final @Nullable ServedCertificate certificate;

  /**
   * @param failures gets what handlers on its event loops let out
   */
  public EdgeServer(ListenOptions listen, EdgeFailures failures) {
    this(listen, failures, new RefusedRequests(), reason -> {});
  }

  /**
   * @param failures gets what handlers on its event loops let out
   * @param refused counts and answers requests that get to no handler
   * @param observer hears of connections that were closed for what they did
   */
  public EdgeServer(
      ListenOptions listen,
      EdgeFailures failures,
      RefusedRequests refused,
      ConnectionObserver observer) {
    this.listen = listen;
    this.failures = failures;
    this.refused = refused;
    this.options = options(listen, observer);
    this.proxyProtocol = new ProxyProtocol(listen, observer);
    proxyProtocol.configure(options);
    this.connections = new Connections(listen, refused);
    this.certificate =
        listen.tls() == null
            ? null
            : new ServedCertificate(
                listen.tls(), Objects.requireNonNull(options.getSslOptions()).copy());
  }

  /** Listens on the calling event loop. */
  public Future<HttpServer> listen(Vertx vertx, Handler<HttpServerRequest> handler) {
    vertx.getOrCreateContext().exceptionHandler(failures);
    IdleConnections loop = connections.loop(vertx);
    return proxyProtocol
        .listenTo(vertx.createHttpServer(new HttpServerOptions(options)))
        .connectionHandler(connection -> connected(connection, loop, handler))
        .requestHandler(request -> check(request, handler))
        .invalidRequestHandler(refused::unreadable)
        .listen(
            listen.port() == 0
                ? SocketAddress.sharedRandomPort(SHARED_PORT, listen.host())
                : SocketAddress.inetSocketAddress(listen.port(), listen.host()))
        .onSuccess(
            server -> {
              if (certificate != null) {
                certificate.watch(vertx, server);
              }
            });
  }

  /** When the certificate shown to visitors expires, in seconds since 1970; NaN without one. */
  public double certificateEnds() {
    return certificate == null ? Double.NaN : certificate.endsAtSeconds();
  }

  /** Connections of visitors that are open now. */
  public int connections() {
    return connections.open();
  }

  /** The rate at which visitors must send or read while others wait for it. */
  public LeastRate leastRate() {
    return listen.limits().leastRate();
  }

  private static HttpServerOptions options(ListenOptions listen, ConnectionObserver observer) {
    ListenOptions.Limits limits = listen.limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setAcceptBacklog(BACKLOG)
            .setTcpNoDelay(true)
            .setReuseAddress(true)
            // Answers are written on their event loop alone. Otherwise Vert.x keeps for each
            // HTTP/1.1 connection a queue of 4.8 KB for what other threads might write.
            .setStrictThreadMode(true)
            .setMaxHeaderSize(limits.headerBytes())
            .setMaxInitialLineLength(limits.headerBytes())
            .setMaxChunkSize(PART)
            .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setHandle100ContinueAutomatically(false)
            // HTTP/2 comes over TLS, as browsers speak it. In clear text, Vert.x decodes the first
            // request before anyone may look at the connection, so our decoder would come too late.
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(STREAMS_MAX)
                    .setMaxHeaderListSize((long) Http2Guard.READ_TIMES * limits.headerBytes()))
            // Vert.x' idle time would also run while an answer is owed; IdleConnections measures it
            // instead.
            .setIdleTimeout(0);
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
        // Only versions named for ALPN are answered at all: unless HTTP/1.0 is named, a client that
        // speaks it, as old monitors do, gets 501 over TLS, and an answer in clear text.
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0))
        .setSslEngineOptions(handshakes)
        .setEnabledSecureTransportProtocols(new LinkedHashSet<>(TlsHandshakes.PROTOCOLS))
        .setKeyCertOptions(
            new PemKeyCertOptions().addCertPath(tls.certificate()).addKeyPath(tls.key()));
    TlsHandshakes.CIPHERS.forEach(options::addEnabledCipherSuite);
  }

  private void connected(
      HttpConnection connection, IdleConnections loop, Handler<HttpServerRequest> handler) {
    proxyProtocol.watch(((ConnectionBase) connection).channel());
    if (proxyProtocol.refuses(connection)) {
      var unused = connection.close();
      return;
    }
    Channel channel = ((ConnectionBase) connection).channel();
    Reads.boundOfVisitor(channel);
    VisitorConnection visitor =
        connections.arrived(channel, proxyProtocol.comesFrom(connection), loop);
    if (connection instanceof Http1ServerConnection http1) {
      GuardedRequestDecoder decoder =
          new GuardedRequestDecoder(
              options.getHttp1Config(), listen.limits().headerRead(), proxyProtocol);
      ChannelPipeline pipeline = channel.pipeline();
      pipeline.replace("httpDecoder", "httpDecoder", decoder);
      pipeline.addBefore("httpDecoder", "linger", new LingeringClose(() -> false));
      Intake intake = new Intake();
      pipeline.addBefore("httpDecoder", "intake", intake);
      if (visitor == null) {
        refused.tooMany(channel);
        return;
      }
      Http1Turns turns = new Http1Turns(visitor, loop, decoder, intake);
      pipeline.addBefore("handler", "turns", turns);
      turns.handle(http1, request -> check(request, handler), refused::unreadable);
    } else if (visitor == null) {
      var unused = connection.close();
    } else {
      Http2Guard.on(
          channel.pipeline().get(Http2ConnectionHandler.class), listen.limits().headerBytes());
      Http2Turns.watch(channel.pipeline(), visitor);
    }
  }

  private void check(HttpServerRequest request, Handler<HttpServerRequest> handler) {
    String complaint = RequestCheck.complaint(request);
    if (Http2Guard.isHeadTooLarge(request)) {
      refused.headTooLarge(request);
    } else if (complaint == null) {
      handler.handle(request);
    } else {
      refused.malformed(request, complaint);
    }
  }
}
