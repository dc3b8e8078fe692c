package dev.usher.edge;

import dev.usher.room.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to the pods, kept alive between requests. How many are open is
 * bounded by the pods' caps: whoever connects holds a slot.
 */
final class UpstreamConnections {
  private final Supplier<ProxyOptions> options;
  private final NetClient client;
  private final Map<Pod, Deque<UpstreamConnection>> idle = new HashMap<>();

  /**
   * @param options as they are by now
   */
  UpstreamConnections(Vertx vertx, Supplier<ProxyOptions> options) {
    this.options = options;
    this.client =
        vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setTcpKeepAlive(true));
  }

  /** A connection that is open already, the one used last, or null. */
  @Nullable UpstreamConnection takeIdle(Pod pod) {
    Deque<UpstreamConnection> connections = idle.get(pod);
    if (connections == null) {
      return null;
    }
    UpstreamConnection connection = connections.pollFirst();
    while (connection != null && connection.isClosed()) {
      connection = connections.pollFirst();
    }
    return connection;
  }

  Future<UpstreamConnection> connect(Pod pod) {
    ConnectOptions to =
        new ConnectOptions()
            .setHost(pod.host())
            .setPort(pod.port())
            .setTimeout((int) options.get().connectTimeout().toMillis());
    if (pod.tls()) {
      to.setSsl(true)
          .setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));
    }
    return client.connect(to).map(socket -> new UpstreamConnection(socket, pod));
  }

  /** Keeps a connection for the next request. */
  void keep(UpstreamConnection connection, int tick) {
    connection.handBack();
    Deque<UpstreamConnection> connections =
        idle.computeIfAbsent(connection.pod(), pod -> new ArrayDeque<>());
    if (connection.isClosed() || connections.size() >= options.get().connectionsPerPod()) {
      connection.close();
    } else {
      connection.idleSince = tick;
      connections.addFirst(connection);
    }
  }

  /** Closes those that have been idle since before this tick. */
  void closeIdleSince(int tick) {
    for (Deque<UpstreamConnection> connections : idle.values()) {
      Iterator<UpstreamConnection> oldestFirst = connections.descendingIterator();
      while (oldestFirst.hasNext()) {
        UpstreamConnection connection = oldestFirst.next();
        if (connection.idleSince - tick >= 0) {
          break;
        }
        oldestFirst.remove();
        connection.close();
      }
    }
  }

  Future<Void> close() {
    return client.close();
  }
}
