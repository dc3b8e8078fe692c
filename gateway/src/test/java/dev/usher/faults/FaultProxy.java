package dev.usher.faults;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A way to a Redis over the loopback address that can be cut, silenced, slowed and led elsewhere.
 */
final class FaultProxy {
  private final Vertx vertx;
  private final NetServer server;
  private final NetClient client;
  private final Set<Way> ways = ConcurrentHashMap.newKeySet();
  private volatile SocketAddress target;
  private volatile boolean cut;
  private volatile boolean silent;
  private volatile long delayMillis;

  FaultProxy(Vertx vertx, URI target) {
    this.vertx = vertx;
    this.target = address(target);
    this.client = vertx.createNetClient();
    this.server = vertx.createNetServer().connectHandler(this::connect);
    try {
      server
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("A proxy must listen but does not", e);
    }
  }

  URI url() {
    return URI.create("redis://127.0.0.1:" + server.actualPort());
  }

  int port() {
    return server.actualPort();
  }

  /** As when a firewall resets: what is open is closed, what is new is refused. */
  void cut() {
    cut = true;
    ways.forEach(Way::close);
  }

  /** As when a cable is pulled: nothing is closed, nothing comes through. */
  void silence() {
    silent = true;
  }

  /** Every byte takes so much longer, there and back together. */
  void delay(long millis) {
    delayMillis = millis;
  }

  /**
   * All is as ever, save connections that lost something: they stay silent until someone closes.
   */
  void mend() {
    cut = false;
    silent = false;
    delayMillis = 0;
  }

  /** From now on the way leads there; what is open is closed. */
  void leadTo(URI other) {
    target = address(other);
    ways.forEach(Way::close);
  }

  private static SocketAddress address(URI url) {
    return SocketAddress.inetSocketAddress(url.getPort(), url.getHost());
  }

  private void connect(NetSocket near) {
    if (cut) {
      var unused = near.close();
      return;
    }
    near.pause();
    var unused =
        client
            .connect(target)
            .onSuccess(far -> ways.add(new Way(near, far).open()))
            .onFailure(nobody -> near.close());
  }

  /** One connection from end to end. */
  private final class Way {
    private final NetSocket near;
    private final NetSocket far;

    /** Something got lost on it, so that the rest would make no sense. */
    private boolean lossy;

    private long lastAt;
    private int held;

    Way(NetSocket near, NetSocket far) {
      this.near = near;
      this.far = far;
    }

    Way open() {
      near.handler(bytes -> pass(bytes, far)).closeHandler(v -> end(far));
      far.handler(bytes -> slowly(bytes, near)).closeHandler(v -> end(near));
      near.exceptionHandler(e -> end(far));
      far.exceptionHandler(e -> end(near));
      near.resume();
      if (cut) {
        close();
      }
      return this;
    }

    private void pass(Buffer bytes, NetSocket to) {
      if (silent || lossy) {
        lossy = true;
        return;
      }
      var unused = to.write(bytes);
    }

    /** The answer bears the whole delay; both ends see no difference, and order is kept. */
    private void slowly(Buffer bytes, NetSocket to) {
      long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
      lastAt = Math.max(lastAt, now + delayMillis);
      if (lastAt <= now && held == 0) {
        pass(bytes, to);
        return;
      }
      held++;
      vertx.setTimer(
          Math.max(1, lastAt - now),
          timer -> {
            held--;
            pass(bytes, to);
          });
    }

    private void end(NetSocket other) {
      ways.remove(this);
      var unused = other.close();
    }

    void close() {
      var unused = near.close();
      var unused2 = far.close();
    }
  }
}
