package dev.usher.proxy.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.pods.Pod;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connections of one event loop to pods that answer nothing. */
final class UpstreamConnectionsTest {
  private static final Duration LONG = Duration.ofSeconds(9);
  private static final ProxyOptions OPTIONS = new ProxyOptions(LONG, LONG, LONG, 10);

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final UpstreamConnections connections =
      new UpstreamConnections(vertx, () -> OPTIONS, 1000);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private <T> T onLoop(Supplier<Future<T>> what) {
    return Future.<Void>future(on -> loop.runOnContext(on::complete))
        .compose(v -> what.get())
        .await();
  }

  private Pod pod() {
    NetServer server =
        vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1").await();
    return new Pod("127.0.0.1", server.actualPort(), false);
  }

  /** Connects and gives the connection back at once. */
  private void use(Pod pod) {
    onLoop(() -> connections.connect(pod).onSuccess(connections::keep));
  }

  /** Returns how many pods are remembered after this tick. */
  private int podsAfter(int tick) {
    return onLoop(
        () -> {
          connections.tick(tick);
          return Future.succeededFuture(connections.pods());
        });
  }

  private UpstreamConnection taken(Pod pod) {
    return Objects.requireNonNull(
        onLoop(() -> Future.succeededFuture(connections.takeIdle(pod, true))));
  }

  @Test
  void aPodIsForgottenOnceNoConnectionToItIsIdle() {
    for (int others = 0; others < 3; others++) {
      use(pod());
    }
    assertThat(podsAfter(2)).isEqualTo(3);
    Pod busy = pod();
    use(busy);
    assertThat(podsAfter(5)).as("the others were idle for too long").isEqualTo(1);
    UpstreamConnection connection = taken(busy);
    assertThat(podsAfter(6)).as("its connection is in use").isZero();
    onLoop(
        () -> {
          connections.keep(connection);
          return Future.succeededFuture();
        });
    assertThat(podsAfter(7)).isEqualTo(1);
    assertThat(taken(busy)).isSameAs(connection);
  }
}
