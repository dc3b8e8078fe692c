package dev.usher;

import dev.usher.edge.EdgeServer;
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
  private final Function<Map<String, Proxy>, Front> fronts;
  private final List<UpstreamPart> upstreams;
  private final Function<String, ProxyObserver> observers;
  private final Map<String, Proxy> proxies = new HashMap<>();
  private @Nullable HttpServer listening;

  /**
   * @param fronts makes the front that hands requests on to these proxies, by upstream
   */
  EdgeLoop(
      EdgeServer server,
      Function<Map<String, Proxy>, Front> fronts,
      List<UpstreamPart> upstreams,
      Function<String, ProxyObserver> observers) {
    this.server = server;
    this.fronts = fronts;
    this.upstreams = upstreams;
    this.observers = observers;
  }

  @Override
  public Future<?> start() {
    for (UpstreamPart part : upstreams) {
      String upstream = part.doorkeeper().upstream();
      proxies.put(upstream, new Proxy(vertx, part.pods(), part.proxy(), observers.apply(upstream)));
    }
    return server.create(vertx, fronts.apply(proxies)).listen().onSuccess(open -> listening = open);
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
