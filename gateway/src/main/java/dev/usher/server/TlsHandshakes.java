package dev.usher.server;

import dev.usher.server.ConnectionObserver.Reason;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The TLS handshakes that are not complete yet, on all event loops together. When there are too
 * many the eldest is closed: an honest client is through within a few round trips, and others are
 * not.
 *
 * <p>Vert.x asks this class for the TLS of each connection, so it is also where a connection first
 * appears; the watch over its frames is set here before the first of them.
 */
final class TlsHandshakes extends JdkSSLEngineOptions {
  /** Only ciphers with forward secrecy and authenticated encryption, as in TLS 1.3. */
  static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /**
   * Handshakes may be this part of the connections, one in four, so that they never shut out those
   * inside.
   */
  private static final int SHARE = 4;

  private static final int LEAST = 64;

  private final int max;
  private final Duration headRead;
  private final ConnectionObserver observer;
  private final Set<SslHandler> unfinished = new LinkedHashSet<>();

  TlsHandshakes(ListenOptions.Limits limits, ConnectionObserver observer) {
    this.max = Math.max(LEAST, limits.connections() / SHARE);
    this.headRead = limits.headerRead();
    this.observer = observer;
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new DefaultSslContextFactory(SslProvider.JDK, false) {
      @Override
      public SslContext create() throws SSLException {
        return new Watched(super.create());
      }
    };
  }

  private final class Watched extends DelegatingSslContext {
    Watched(SslContext context) {
      super(context);
    }

    @Override
    protected void initEngine(SSLEngine engine) {}

    @Override
    protected void initHandler(SslHandler handler) {
      begun(handler);
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator alloc, boolean startTls, Executor tasks) {
      SslHandler handler = new FromTheFirstRead(newEngine(alloc), startTls, tasks);
      initHandler(handler);
      return handler;
    }
  }

  /**
   * A handler that is there before anything is read, and can therefore set how much is read at
   * once.
   */
  private static final class FromTheFirstRead extends SslHandler {
    FromTheFirstRead(SSLEngine engine, boolean startTls, Executor tasks) {
      super(engine, startTls, tasks);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
      Reads.boundOfVisitor(ctx.channel());
      super.handlerAdded(ctx);
    }
  }

  private void begun(SslHandler handler) {
    SslHandler tooMany = add(handler);
    if (tooMany != null) {
      observer.refused(Reason.TLS_HANDSHAKES);
      var unused = tooMany.closeOutbound();
    }
    var unused =
        handler
            .handshakeFuture()
            .addListener(
                end -> {
                  remove(handler);
                  if (end.isSuccess()) {
                    watch((Channel) end.getNow(), handler);
                  } else if (end.cause() instanceof SslHandshakeTimeoutException) {
                    observer.refused(Reason.TLS_LATE);
                  }
                });
  }

  // One lock for each handshake, which costs a thousand times as much.
  private synchronized @Nullable SslHandler add(SslHandler handler) {
    unfinished.add(handler);
    if (unfinished.size() <= max) {
      return null;
    }
    Iterator<SslHandler> eldest = unfinished.iterator();
    SslHandler out = eldest.next();
    eldest.remove();
    return out;
  }

  private synchronized void remove(SslHandler handler) {
    unfinished.remove(handler);
  }

  private void watch(Channel channel, SslHandler handler) {
    ChannelPipeline pipeline = channel.pipeline();
    String name = pipeline.context(handler).name();
    if ("h2".equals(handler.applicationProtocol())) {
      pipeline.addAfter(name, "frames", new Http2Frames(headRead, observer));
    }
    if (handler.engine().getSession().getProtocol().equals("TLSv1.2")) {
      pipeline.addAfter(name, "oneHandshake", new OneHandshake(handler.engine()));
    }
  }

  /** Closes a connection that begins a second handshake: TLS 1.3 has none, and nobody needs one. */
  private final class OneHandshake extends ChannelInboundHandlerAdapter {
    private final SSLEngine engine;

    OneHandshake(SSLEngine engine) {
      this.engine = engine;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
        ctx.fireChannelReadComplete();
      } else {
        observer.refused(Reason.TLS_RENEGOTIATION);
        var unused = ctx.channel().close();
      }
    }
  }
}
