package dev.usher.store.redis.link;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The connection to the node that a slot is moving to, made when it is first pointed out. */
final class AskConnection {
  private final ConnectionFactory connections;
  private @Nullable Connection connection;

  AskConnection(ConnectionFactory connections) {
    this.connections = connections;
  }

  Future<Connection> open(Address at) {
    Connection there = connection;
    if (there != null && there.at().equals(at) && !there.isLost()) {
      return Future.succeededFuture(there);
    }
    close();
    return connections.openAny(at).onSuccess(made -> connection = made);
  }

  boolean is(Connection other) {
    return connection == other;
  }

  int pending() {
    return connection == null ? 0 : connection.pending();
  }

  void close() {
    Connection there = connection;
    connection = null;
    if (there != null) {
      there.close();
    }
  }
}
