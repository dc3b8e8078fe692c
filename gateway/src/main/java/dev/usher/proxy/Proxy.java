package dev.usher.proxy;

import dev.usher.pods.Pod;
import dev.usher.pods.Pods;
import dev.usher.pods.Slot;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.proxy.connection.UpstreamConnections;
import dev.usher.proxy.turn.AddressCount;
import dev.usher.proxy.turn.Addresses;
import dev.usher.proxy.turn.Turn;
import dev.usher.room.Spared;
import dev.usher.server.LeastRate;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The proxy to the pods of one upstream: forwards requests to them. One for each event loop, and
 * confined to the loop on which it was made; its connections to the pods are its own, the pods'
 * slots are shared.
 */
public final class Proxy {
  /**
   * Longest tick: time-outs are noticed this much late at most, and finer ticks would only cost.
   */
  private static final long TICK_MAX_MILLIS = 250;

  /** Time after which a body that is not complete counts as a stream. */
  private static final long STREAM_MILLIS = 1000;

  private static final long MINUTE_MILLIS = 60_000;

  private static final long MOMENT_MILLIS = 100;

  private final Vertx vertx;
  private final Context context;
  private final Pods pods;
  private final Addresses addresses;
  private final BodyMemory bodies;
  private final AddressCount counted = new AddressCount();
  private ProxyOptions options;
  private final ProxyObserver observer;
  private final UpstreamConnections connections;
  private final Set<Exchange> running = new HashSet<>();
  private final AwaitedTurns turns;
  private final long timer;
  private final long tickMillis;
  private final int requestTicks;
  private final int streamTicks;
  private final int minuteTicks;
  private int now;

  /**
   * What the event loops share of one upstream.
   *
   * @param addresses the addresses from which its requests come
   * @param bodies the memory that small bodies may take until they are sent
   */
  public record Shared(Pods pods, Addresses addresses, BodyMemory bodies) {}

  /** Must be called on the event loop that will forward requests. */
  public Proxy(Vertx vertx, Shared shared, ProxyOptions options, ProxyObserver observer) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.pods = shared.pods();
    this.addresses = shared.addresses();
    this.bodies = shared.bodies();
    this.turns = new AwaitedTurns(context, pods::slots);
    this.options = options;
    this.observer = observer;
    long timeout = options.requestTimeout().toMillis();
    long tick = Math.max(10, Math.min(TICK_MAX_MILLIS, timeout / 8));
    this.tickMillis = tick;
    this.requestTicks = (int) Math.min(Integer.MAX_VALUE / 2, timeout / tick);
    this.streamTicks = (int) (STREAM_MILLIS / tick);
    this.minuteTicks = (int) (MINUTE_MILLIS / tick);
    this.connections = new UpstreamConnections(vertx, this::options, tick);
    this.timer = vertx.setPeriodic(tick, id -> tick());
  }

  /**
   * Takes over changed options. The time-out of requests stays, because every replica works out
   * from it how long the slots of a dead replica are still in use. Must be called on the proxy's
   * event loop.
   */
  public void reconfigure(ProxyOptions changed) {
    if (!changed.requestTimeout().equals(options.requestTimeout())) {
      throw new IllegalArgumentException(
          "The time-out of requests must stay %s but was %s"
              .formatted(options.requestTimeout(), changed.requestTimeout()));
    }
    options = changed;
  }

  private ProxyOptions options() {
    return options;
  }

  /** The turn of a request outside the rooms; null for one that is not limited. */
  @Nullable
  public Turn turnOutside(InetAddress address) {
    return addresses.turn(address, options.outside());
  }

  /**
   * The turn of a request that goes on into a room without a session; null for one that is not
   * limited.
   */
  @Nullable
  public Turn turnOf(Addresses.Nobodys what, InetAddress address) {
    return addresses.turn(address, what, options.outside());
  }

  /** Sends the request to a pod and its answer back. Always answers, exactly once. */
  public void forward(HttpServerRequest request, ForwardedRequest forwarded) {
    ForwardedRequest given = LongRequest.is(request) ? forwarded.ofLongRequest() : forwarded;
    Exchange exchange = new Exchange(this, request, given);
    if (forwarded.bodyBytes() > 0 && LongRequest.declaredLength(request) > forwarded.bodyBytes()) {
      exchange.fail(ProxyError.BODY_TOO_LARGE);
      return;
    }
    exchange.guarded(v -> arrive(exchange)).handle(null);
  }

  /** Reads a small body before anything else is asked for. */
  private void arrive(Exchange exchange) {
    counted.count(exchange.forwarded.client().address());
    SmallBody body = exchange.pump.small(bodies);
    if (body == null) {
      begin(exchange);
    } else {
      turns.ask(exchange, body.turn(), given -> read(given, body));
    }
  }

  private void read(Exchange exchange, SmallBody body) {
    started(exchange);
    exchange.progress();
    Handler<Void> next =
        v -> {
          ended(exchange);
          begin(exchange);
        };
    if (!exchange.pump.read(body, next)) {
      next.handle(null);
    }
  }

  private void begin(Exchange exchange) {
    Turn turn = exchange.forwarded.turn();
    Turn next = turn == null ? null : turn.next();
    turns.ask(
        exchange, turn, next == null ? this::send : mine -> turns.ask(mine, next, this::send));
  }

  /** Takes a slot for the request, or makes it wait for one. */
  private void send(Exchange exchange) {
    pods.arrived(exchange.forwarded.kind());
    Slot slot = slot(exchange.forwarded, null);
    if (slot != null) {
      exchange.start(slot);
    } else {
      exchange.await();
    }
  }

  private void tick() {
    now++;
    // A copy, because an exchange that is too late leaves the set.
    for (Exchange exchange : new ArrayList<>(running)) {
      exchange.check(requestTicks);
      // A body that is not complete by then comes as the visitor likes, not as the pod works.
      boolean drips = !exchange.pump.isEnded() && exchange.lease().lasts(streamTicks);
      if (drips && !exchange.lease().stream()) {
        exchange.fail(ProxyError.STREAMS_FULL);
      }
    }
    turns.tick(now, requestTicks);
    connections.tick(now);
    if (now % minuteTicks == 0) {
      tellAddresses();
    }
  }

  private void tellAddresses() {
    if (addresses.tell(this, counted.take(), options.outside(), System.nanoTime()) != null) {
      observer.addressCarriesMuch();
    }
  }

  /** The time in ticks, so that no request reads a clock for each of its parts. */
  int now() {
    return now;
  }

  long tickMillis() {
    return tickMillis;
  }

  LeastRate leastRate() {
    return options.leastRate();
  }

  void started(Exchange exchange) {
    running.add(exchange);
  }

  void ended(Exchange exchange) {
    running.remove(exchange);
  }

  /** Runs this after a moment, in which pods that die together have died. */
  void inAMoment(Handler<Void> task) {
    vertx.setTimer(MOMENT_MILLIS, timer -> task.handle(null));
  }

  /** Cleans up after an exchange that has ended, wherever it was. */
  void over(Exchange exchange) {
    ended(exchange);
    turns.forget(exchange);
    Turn turn = exchange.forwarded.turn();
    if (turn != null) {
      turn.end();
    }
    SmallBody body = exchange.pump.small();
    if (body != null) {
      body.end();
    }
  }

  /** A slot now; for a request that nothing may hold back, on any ready pod. */
  @Nullable Slot slot(ForwardedRequest forwarded, @Nullable Pod avoid) {
    Slot slot = pods.take(forwarded.turn(), avoid);
    Spared spared = forwarded.spared();
    if (slot != null || spared == null) {
      return slot;
    }
    spared.count(Spared.What.NO_SLOT);
    return pods.takeBeyond(forwarded.turn(), avoid);
  }

  CompletionStage<@Nullable Slot> awaitSlot(@Nullable Turn turn) {
    return pods.await(options.hold(), turn);
  }

  UpstreamConnections connections() {
    return connections;
  }

  ProxyObserver observer() {
    return observer;
  }

  Context context() {
    return context;
  }

  /** Requests on their way now, or waiting for others; not those that wait for slots. */
  public int running() {
    return running.size() + turns.waiting();
  }

  /** Closes the connections to the pods; requests still on their way fail. */
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    return connections.close();
  }
}
