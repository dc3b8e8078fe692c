package dev.usher.store.redis.link;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The connection to the node that a slot is moving to, made when it is first pointed out. */
final class AskConnection {
  private final ConnectionFactory wires;
  private @Nullable Connection wire;

  AskConnection(ConnectionFactory wires) {
    this.wires = wires;
  }

  Future<Connection> open(Address at) {
    Connection there = wire;
    if (there != null && there.at().equals(at) && !there.isLost()) {
      return Future.succeededFuture(there);
    }
    close();
    return wires.openAny(at).onSuccess(made -> wire = made);
  }

  boolean is(Connection other) {
    return wire == other;
  }

  int pending() {
    return wire == null ? 0 : wire.pending();
  }

  void close() {
    Connection there = wire;
    wire = null;
    if (there != null) {
      there.close();
    }
  }
}
