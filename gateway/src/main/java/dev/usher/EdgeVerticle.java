package dev.usher;

import dev.usher.edge.Entrance;
import dev.usher.edge.Front;
import dev.usher.edge.stream.StreamLoop;
import dev.usher.proxy.Proxy;
import dev.usher.proxy.ProxyObserver;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.server.EdgeServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way in on one event loop: a server that shares its port with those of the other loops, and
 * its proxies.
 */
final class EdgeVerticle extends VerticleBase {
  /**
   * How often a proxy is checked that no request is led to any more, and which must have been idle.
   */
  private static final long LOOK_MILLIS = 1000;

  /**
   * Longer than a request may wait for a slot, a minute, because waiting requests do not count as
   * running.
   */
  private static final int IDLE_LOOKS = 65;

  private final EdgeServer server;
  private final Function<String, ProxyObserver> observers;
  private final LongSupplier clock;
  private final Targets first;
  private final Map<String, Proxy> proxies = new HashMap<>();
  private @Nullable Front front;
  private @Nullable HttpServer listening;

  /**
   * Where requests go.
   *
   * @param entrance the way to their rooms
   * @param upstreams the upstreams behind the rooms
   */
  record Targets(Entrance entrance, List<RunningUpstream> upstreams) {}

  /**
   * @param observers makes the observer of requests to an upstream
   * @param clock milliseconds since 1970, by the store's clock
   */
  EdgeVerticle(
      EdgeServer server,
      Targets first,
      Function<String, ProxyObserver> observers,
      LongSupplier clock) {
    this.server = server;
    this.first = first;
    this.observers = observers;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    haveProxies(first.upstreams());
    Front made = new Front(first.entrance(), proxies, clock);
    front = made;
    vertx.setPeriodic(StreamLoop.TICK_MILLIS, timer -> made.tick());
    return server.listen(vertx, made).onSuccess(open -> listening = open);
  }

  /** Leads the requests that follow this way; those on their way go on as they are. */
  Future<Void> reconfigure(Targets changed) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        v -> {
          haveProxies(changed.upstreams());
          if (front != null) {
            front.reconfigure(changed.entrance(), proxies);
          }
          done.complete();
        });
    return done.future();
  }

  private void haveProxies(List<RunningUpstream> upstreams) {
    Set<String> gone = new HashSet<>(proxies.keySet());
    for (RunningUpstream upstream : upstreams) {
      gone.remove(upstream.name());
      ProxyOptions options = upstream.proxy().atLeast(server.leastRate());
      Proxy proxy = proxies.get(upstream.name());
      if (proxy == null) {
        proxy =
            new Proxy(vertx, upstream.sharedByLoops(), options, observers.apply(upstream.name()));
        proxies.put(upstream.name(), proxy);
      } else {
        proxy.reconfigure(options);
      }
    }
    for (String name : gone) {
      Proxy proxy = proxies.remove(name);
      if (proxy != null) {
        closeWhenIdle(proxy);
      }
    }
  }

  private void closeWhenIdle(Proxy proxy) {
    int[] idle = {0};
    vertx.setPeriodic(
        LOOK_MILLIS,
        timer -> {
          idle[0] = proxy.running() == 0 ? idle[0] + 1 : 0;
          if (idle[0] >= IDLE_LOOKS) {
            vertx.cancelTimer(timer);
            var unused = proxy.close();
          }
        });
  }

  int port() {
    return listening == null ? 0 : listening.actualPort();
  }

  /**
   * Ends the streams, accepts no more connections, closes the idle ones, and lets each other one go
   * when its request has been answered. Completes when none is left, or when the time is over.
   */
  Future<Void> drain(Duration within) {
    if (listening == null || front == null) {
      return Future.succeededFuture();
    }
    HttpServer server = listening;
    Front ofStreams = front;
    Promise<Void> ended = Promise.promise();
    context.runOnContext(
        v -> {
          ofStreams.endStreams();
          ended.complete();
        });
    return ended.future().compose(v -> server.shutdown(within.toMillis(), TimeUnit.MILLISECONDS));
  }
}
