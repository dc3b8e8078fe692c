package dev.usher.server;

import dev.usher.http.OnceAMinute;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PROXY protocol, versions 1 and 2, by which a load balancer that does not speak HTTP says who
 * the client is. It is believed from trusted proxies only. If it fails, or comes although it is not
 * configured, the operator is told, because neither side sees more than a closed connection.
 */
final class ProxyProtocol {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyProtocol.class);
  private static final OnceAMinute TELL_UNASKED = new OnceAMinute();
  private static final List<byte[]> BEGINNINGS =
      List.of(
          "PROXY ".getBytes(StandardCharsets.US_ASCII),
          "\r\n\r\n\0\r\nQUIT".getBytes(StandardCharsets.US_ASCII));

  private final ListenOptions listen;
  private final boolean spoken;
  private final OnceAMinute tell = new OnceAMinute();
  private final ProxyHeaderWatch headers;

  ProxyProtocol(ListenOptions listen, ConnectionObserver observer) {
    this.listen = listen;
    this.headers = new ProxyHeaderWatch(listen.limits().headerRead(), observer);
    this.spoken = listen.proxies().proxyProtocol();
  }

  void configure(HttpServerOptions options) {
    options
        .setUseProxyProtocol(spoken)
        .setProxyProtocolTimeout(listen.limits().headerRead().toMillis())
        .setProxyProtocolTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** Hears of connections that end before they belong to anybody. */
  HttpServer listenTo(HttpServer server) {
    // Without the protocol, what broke a connection would be a log line; its close says enough.
    return server.exceptionHandler(spoken ? failure -> refused("unknown", failure) : broken -> {});
  }

  /** Whether the peer is not one of the proxies, whatever it says. */
  boolean refuses(HttpConnection connection) {
    if (!spoken) {
      return false;
    }
    SocketAddress peer = connection.remoteAddress(true);
    String address = peer == null ? null : peer.hostAddress();
    boolean trusted = listen.proxies().trust(address);
    if (!trusted) {
      refused(address, null);
    }
    return !trusted;
  }

  /**
   * The address a connection comes from: by the protocol it is one visitor's, although it comes
   * from a proxy. Null for a connection without an address.
   */
  @Nullable InetAddress comesFrom(HttpConnection connection) {
    SocketAddress said = spoken ? connection.remoteAddress() : null;
    String visitor = said == null ? null : said.hostAddress();
    if (visitor != null) {
      return NetUtil.createInetAddressFromIpAddressString(visitor);
    }
    // A proxy may say that the client came by a socket file of its own machine: that counts as the
    // proxy's.
    return ((ConnectionBase) connection).channel().remoteAddress() instanceof InetSocketAddress peer
        ? peer.getAddress()
        : null;
  }

  /**
   * Watches the connections that follow, which becomes possible once a connection has come this
   * far.
   */
  void watch(Channel connection) {
    if (spoken) {
      headers.overAllBeside(connection);
    }
  }

  private void refused(@Nullable String peer, @Nullable Throwable failure) {
    if (tell.isDue()) {
      LOG.atWarn()
          .addKeyValue("peer", peer)
          .addKeyValue("reason", failure == null ? "not one of trustedProxies" : failure.toString())
          .addKeyValue(
              "fix",
              "every connection must come from one of listen.trustedProxies and begin with the"
                  + " PROXY protocol, or set listen.proxyProtocol: false")
          .log("proxy_protocol_refused");
    }
  }

  /**
   * Tells the operator of a connection that begins with the protocol although it is not configured.
   */
  void tellIfUnasked(Channel channel, ByteBuf first) {
    if (spoken) {
      return; // the protocol was read already: this is a second one, not a request
    }
    for (byte[] beginning : BEGINNINGS) {
      if (begins(first, beginning) && TELL_UNASKED.isDue()) {
        LOG.atWarn()
            .addKeyValue("peer", channel.remoteAddress())
            .addKeyValue(
                "fix",
                "set listen.proxyProtocol: true and listen.trustedProxies, or switch the PROXY"
                    + " protocol off at the load balancer")
            .log("proxy_protocol_unasked");
      }
    }
  }

  private static boolean begins(ByteBuf first, byte[] with) {
    if (first.readableBytes() < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if (first.getByte(first.readerIndex() + i) != with[i]) {
        return false;
      }
    }
    return true;
  }
}
