package dev.usher.proxy.connection;

import dev.usher.pods.Pod;
import dev.usher.pods.PodTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to the pods, kept alive between requests. Their number is
 * bounded by the pods' caps, because whoever connects holds a slot.
 */
public final class UpstreamConnections {
  /**
   * How long a connection may have been idle for a request that is not safe. A pod may be closing a
   * connection just when a request is sent on it: a safe request is then sent again, any other
   * needs a connection that was in use a moment ago.
   */
  private static final long UNSAFE_IDLE_MILLIS = 1000;

  private final Supplier<ProxyOptions> options;
  private final long tickMillis;
  private final NetClient client;
  private final Map<Pod, Deque<UpstreamConnection>> idle = new HashMap<>();
  private final Consumer<UpstreamConnection> readOut = this::readOut;
  private @Nullable ClientSSLOptions known;
  private @Nullable PodTls knownBy;
  private int now;

  /**
   * @param options the current options
   * @param tickMillis length of a tick of the proxy
   */
  public UpstreamConnections(Vertx vertx, Supplier<ProxyOptions> options, long tickMillis) {
    this.options = options;
    this.tickMillis = tickMillis;
    this.client =
        vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setTcpKeepAlive(true));
  }

  /**
   * The open connection that was used last; null if there is none.
   *
   * @param safe whether the request may be sent a second time
   */
  @Nullable
  public UpstreamConnection takeIdle(Pod pod, boolean safe) {
    Deque<UpstreamConnection> connections = idle.get(pod);
    UpstreamConnection connection = connections == null ? null : connections.peekFirst();
    while (connections != null && connection != null) {
      if (!safe && idleMillis(connection) > UNSAFE_IDLE_MILLIS) {
        return null; // those behind it have been idle for longer
      }
      connections.removeFirst();
      if (isFresh(connection) && connection.isQuiet()) {
        return connection;
      }
      connection.close();
      connection = connections.peekFirst();
    }
    return null;
  }

  private long idleMillis(UpstreamConnection connection) {
    return (now - connection.idleSince) * tickMillis;
  }

  private boolean isFresh(UpstreamConnection connection) {
    long most = Math.min(options.get().podIdle().toMillis(), connection.idleMillis);
    return idleMillis(connection) < most;
  }

  public Future<UpstreamConnection> connect(Pod pod) {
    ConnectOptions to =
        new ConnectOptions()
            .setHost(pod.host())
            .setPort(pod.port())
            .setTimeout((int) options.get().connectTimeout().toMillis());
    if (pod.tls()) {
      secure(to, pod);
    }
    return client.connect(to).map(socket -> new UpstreamConnection(socket, pod));
  }

  private void secure(ConnectOptions to, Pod pod) {
    PodTls tls = options.get().podTls();
    ClientSSLOptions ssl = known;
    if (ssl == null || !tls.equals(knownBy)) {
      // One for all connections, because Vert.x reads the authorities once for each.
      ssl = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
      if (tls.ca() != null) {
        ssl.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(tls.ca())));
      }
      known = ssl;
      knownBy = tls;
    }
    to.setSsl(true).setSslOptions(ssl);
    if (tls.serverName() != null) {
      to.setRemoteAddress(SocketAddress.inetSocketAddress(pod.port(), pod.host()))
          .setHost(tls.serverName())
          .setSniServerName(tls.serverName());
    }
  }

  /** Keeps a connection for the next request, unless anything came that nobody asked for. */
  public void keep(UpstreamConnection connection) {
    connection.handBack(readOut);
  }

  private void readOut(UpstreamConnection connection) {
    Deque<UpstreamConnection> connections =
        idle.computeIfAbsent(connection.pod(), pod -> new ArrayDeque<>());
    connection.idleSince = now;
    if (!connection.isClean()
        || !isFresh(connection)
        || connections.size() >= options.get().connectionsPerPod()) {
      connection.close();
    } else {
      connections.addFirst(connection);
    }
  }

  /** Takes in that it is this tick now: closes the connections that have been idle for too long. */
  public void tick(int tick) {
    now = tick;
    for (Deque<UpstreamConnection> connections : idle.values()) {
      connections.removeIf(
          connection -> {
            boolean over = !isFresh(connection);
            if (over) {
              connection.close();
            }
            return over;
          });
    }
    // Only here, so that a pod whose one connection comes and goes is not forgotten each time.
    idle.values().removeIf(Deque::isEmpty);
  }

  /** The number of pods remembered. */
  int pods() {
    return idle.size();
  }

  public Future<Void> close() {
    return client.close();
  }
}
