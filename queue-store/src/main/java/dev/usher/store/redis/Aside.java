package dev.usher.store.redis;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The connection to the node that a slot is moving to, made when it is first pointed out. */
final class Aside {
  private final Wires wires;
  private @Nullable Wire wire;

  Aside(Wires wires) {
    this.wires = wires;
  }

  Future<Wire> open(Address at) {
    Wire there = wire;
    if (there != null && there.at().equals(at) && !there.isLost()) {
      return Future.succeededFuture(there);
    }
    close();
    return wires.openAny(at).onSuccess(made -> wire = made);
  }

  boolean is(Wire other) {
    return wire == other;
  }

  int pending() {
    return wire == null ? 0 : wire.pending();
  }

  void close() {
    Wire there = wire;
    wire = null;
    if (there != null) {
      there.close();
    }
  }
}
