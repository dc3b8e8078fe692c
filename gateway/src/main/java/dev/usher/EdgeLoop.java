package dev.usher;

import dev.usher.edge.EdgeServer;
import dev.usher.edge.Entrance;
import dev.usher.edge.Front;
import dev.usher.edge.Proxy;
import dev.usher.edge.ProxyObserver;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way in on one event loop: a server that shares its port with the others, and its proxies. */
final class EdgeLoop extends VerticleBase {
  private final EdgeServer server;
  private final Entrance entrance;
  private final List<UpstreamPart> upstreams;
  private final Function<String, ProxyObserver> observers;
  private final Map<String, Proxy> proxies = new HashMap<>();
  private @Nullable HttpServer listening;

  EdgeLoop(
      EdgeServer server,
      Entrance entrance,
      List<UpstreamPart> upstreams,
      Function<String, ProxyObserver> observers) {
    this.server = server;
    this.entrance = entrance;
    this.upstreams = upstreams;
    this.observers = observers;
  }

  @Override
  public Future<?> start() {
    for (UpstreamPart part : upstreams) {
      String upstream = part.doorkeeper().upstream();
      proxies.put(upstream, new Proxy(vertx, part.pods(), part.proxy(), observers.apply(upstream)));
    }
    Front front = new Front(entrance, proxies, System::currentTimeMillis);
    return server.create(vertx, front).listen().onSuccess(open -> listening = open);
  }

  int port() {
    return listening == null ? 0 : listening.actualPort();
  }

  /**
   * Takes no more connections, closes the idle ones, and lets go of each other one when its request
   * is answered. Done when none is left, or when the time is over.
   */
  Future<Void> drain(Duration within) {
    return listening == null
        ? Future.succeededFuture()
        : listening.shutdown(within.toMillis(), TimeUnit.MILLISECONDS);
  }
}
