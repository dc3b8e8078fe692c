package dev.usher;

import dev.usher.config.ConfigFile;
import dev.usher.config.GatewayConfig;
import dev.usher.doorkeeper.StoreClock;
import dev.usher.edge.Entrance;
import dev.usher.edge.stream.Streams;
import dev.usher.ops.ConfigStatus;
import dev.usher.ops.Metrics;
import dev.usher.ops.OpsServer;
import dev.usher.ops.Running;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.server.EdgeServer;
import dev.usher.store.QueueStore;
import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.store.redis.RedisQueueStore;
import dev.usher.token.Keys;
import dev.usher.token.Passes;
import dev.usher.token.Tickets;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: its parts put together, started in order and stopped in reverse. */
public final class Gateway {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  /** Life of a ticket: the store forgets places a day after anyone last asked for them. */
  private static final Duration TICKET_LIFE = Duration.ofDays(1);

  /** Length of a tick, which is how old this replica's view of the queue gets. */
  private static final long TICK_MILLIS = 200;

  /**
   * Time between two reports of who was seen: less than the shortest time between renewals of a
   * pass.
   */
  private static final long PRESENCE_MILLIS = 500;

  /** How often it is checked whether an upstream that was removed is idle. */
  private static final long LET_GO_MILLIS = 1000;

  /** Longest time for which a start waits for a store that does not answer. */
  private static final Duration FIRST_TICK = Duration.ofSeconds(2);

  private final GatewayConfig config;
  private final @Nullable ConfigWatch watch;
  private final int replica = new SecureRandom().nextInt();
  private final Vertx vertx;
  private final TickLoop ticks;
  private final FloorLoop floors;
  private final LongSupplier clock;
  private final StoreClock storeClock;
  private final UnaryOperator<QueueStore> between;
  private final QueueStore store;
  private final Upstreams upstreams = new Upstreams();
  private final RoomRegistry rooms;
  private final List<EdgeVerticle> loops = new ArrayList<>();
  private final List<Long> timers = new ArrayList<>();
  private final EdgeServer server;
  private final Streams streams;
  private final Keys keys;
  private final Passes passes;
  private final Metrics metrics = new Metrics();
  private final AtomicBoolean draining = new AtomicBoolean();
  private @Nullable Cluster cluster;
  private @Nullable OpsServer ops;
  private int opsPort;

  /**
   * What a gateway is given besides its configuration.
   *
   * @param file the file to watch for changes, or null
   * @param clock milliseconds since 1970
   * @param store makes, from the configured store, the one to be used
   */
  private record Given(
      @Nullable ConfigFile file, LongSupplier clock, UnaryOperator<QueueStore> store) {}

  private Gateway(GatewayConfig config, Given given, Vertx vertx) {
    this.config = config;
    this.watch = given.file == null ? null : new ConfigWatch(given.file, this::reconfigure);
    this.vertx = vertx;
    this.clock = new SteadyClock(given.clock, System::nanoTime);
    this.between = given.store;
    this.storeClock = new StoreClock(clock);
    this.ticks = new TickLoop(vertx, upstreams::all, clock, storeClock);
    this.floors = new FloorLoop(vertx, upstreams::serving, this::cluster, clock);
    this.store = metrics.timed(store());
    this.server =
        new EdgeServer(
            config.listen(),
            metrics.edgeFailures(),
            metrics.refusedRequests(),
            metrics.connections());
    this.streams =
        new Streams(config.listen().limits().streams(), config.listen().limits().connections());
    metrics.streams(streams);
    metrics.certificateEnds(server::certificateEnds);
    // The configuration's warnings explain the effect of a random key.
    this.keys = config.keys() == null ? Keys.random(new SecureRandom()) : config.keys();
    this.passes = new Passes(keys);
    this.rooms = new RoomRegistry(store, replica, new Tickets(keys, TICKET_LIFE), passes);
  }

  /** Starts a gateway that stops by itself when the process is told to end. */
  public static void run(GatewayConfig config, @Nullable ConfigFile file) {
    Gateway gateway = start(config, new Given(file, TestClock.orSystem(), store -> store));
    Runtime.getRuntime().addShutdownHook(new Thread(gateway::stop, "usher-stop"));
    Announcement.Ports ports = new Announcement.Ports(gateway.port(), gateway.opsPort);
    String said = Announcement.of(config, ports, gateway.upstreams, gateway.rooms);
    log.atInfo().addKeyValue("text", said).log("listening");
  }

  /** Starts a gateway. Returns once it listens. */
  static Gateway start(GatewayConfig config) {
    return start(config, store -> store);
  }

  /** Starts a gateway that reaches its store through another. Returns once it listens. */
  static Gateway start(GatewayConfig config, UnaryOperator<QueueStore> store) {
    return start(config, new Given(null, System::currentTimeMillis, store));
  }

  /** Starts a gateway that watches its configuration file. Returns once it listens. */
  static Gateway start(ConfigFile file) {
    return start(file.config(), new Given(file, System::currentTimeMillis, store -> store));
  }

  private static Gateway start(GatewayConfig config, Given given) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    Gateway gateway = new Gateway(config, given, vertx);
    try {
      gateway.build();
      gateway.open();
      return gateway;
    } catch (RuntimeException e) {
      gateway.letGo().await();
      throw e;
    }
  }

  private QueueStore store() {
    return between.apply(configured());
  }

  private QueueStore configured() {
    String name = UUID.randomUUID().toString();
    if (config.redis() != null) {
      return RedisQueueStore.at(vertx, config.redis(), name);
    }
    // A random key makes every token of an earlier process worthless, so nobody can have lost a
    // place.
    Duration settle = config.keys() == null ? Duration.ZERO : QueueStore.SETTLE;
    return new MemoryQueueStore(name, clock, settle);
  }

  private Cluster cluster() {
    if (cluster == null) {
      cluster = Cluster.open(System.getenv(), bound -> ThreadLocalRandom.current().nextInt(bound));
    }
    return cluster;
  }

  private void build() {
    rooms.reconfigure(config.rooms());
    upstreams.start(config.upstreams().stream().map(this::upstream).toList());
  }

  private RunningUpstream upstream(GatewayConfig.Upstream upstream) {
    var shared = new RunningUpstream.Shared(vertx, store, this::cluster, ticks::tickSoon);
    return new RunningUpstream(shared, upstream, rooms.of(upstream.options().name()));
  }

  private void open() {
    OpenFiles.check(config.listen().limits().connections());
    OpsServer ops = new OpsServer(vertx, config.ops(), running(), metrics);
    this.ops = ops;
    opsPort =
        ops.start()
            .recover(e -> cannotListen("ops", config.ops().host(), config.ops().port(), e))
            .await();
    upstreams.begin().await();
    ticks.tickAll().timeout(FIRST_TICK.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty().await();
    timers.add(vertx.setPeriodic(TICK_MILLIS, timer -> ticks.tickAll()));
    timers.add(vertx.setPeriodic(PRESENCE_MILLIS, timer -> upstreams.tellPresence()));
    timers.add(
        vertx.setPeriodic(LET_GO_MILLIS, timer -> ticks.between(time -> upstreams.letGoOfIdle())));
    timers.add(vertx.setPeriodic(FloorLoop.LOOK_MILLIS, timer -> floors.look()));
    EdgeVerticle.Targets targets = targets(config);
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      loops.add(new EdgeVerticle(server, targets, metrics::observer, storeClock));
    }
    vertx
        .deployVerticle(loops.iterator()::next, new DeploymentOptions().setInstances(loops.size()))
        .recover(e -> cannotListen("listen", config.listen().host(), config.listen().port(), e))
        .await();
    ops.visitorsMayCome();
    if (watch != null) {
      watch.start();
    }
  }

  private EdgeVerticle.Targets targets(GatewayConfig by) {
    Entrance.Around around =
        new Entrance.Around(
            () -> ops != null && ops.isReady(), metrics::misdirected, by.log().access(), streams);
    Entrance entrance = new Entrance(by.listen(), rooms.endpoints(), by.defaultUpstream(), around);
    metrics.refusedRequests().open(entrance::open);
    return new EdgeVerticle.Targets(entrance, upstreams.serving());
  }

  /**
   * Takes over a changed configuration, except for what needs a restart. Returns when it is in
   * force. Nobody loses a place or a request: rooms and upstreams live on, and requests on their
   * way go on as they began.
   */
  private void reconfigure(GatewayConfig changed) {
    rooms.reconfigure(changed.rooms());
    upstreams.reconfigure(changed.upstreams(), rooms, ticks, this::upstream);
    EdgeVerticle.Targets targets = targets(changed);
    Future.join(loops.stream().map(loop -> loop.reconfigure(targets)).toList()).await();
    metrics.follow();
  }

  private static <T> Future<T> cannotListen(String setting, String host, int port, Throwable why) {
    return Future.failedFuture(new CannotListenException(setting, host, port, why));
  }

  private Running running() {
    return new Running(
        upstreams::shown,
        () -> watch == null ? ConfigStatus.NO_FILE : watch.status(),
        passes,
        server::connections,
        draining::get,
        clock,
        storeClock);
  }

  /** The port of visitors. */
  int port() {
    return loops.get(0).port();
  }

  /** The port of operators. */
  int opsPort() {
    return opsPort;
  }

  /**
   * Stops: reports that it is not ready, lets running requests finish for a bounded time, and
   * releases everything.
   */
  void stop() {
    if (!draining.compareAndSet(false, true)) {
      return;
    }
    log.atInfo().addKeyValue("within", config.drain()).log("stopping");
    if (watch != null) {
      watch.stop();
    }
    Future.join(loops.stream().map(loop -> loop.drain(config.drain())).toList()).await();
    timers.forEach(vertx::cancelTimer);
    upstreams.resign().otherwiseEmpty().compose(v -> letGo()).await();
    log.atInfo().log("stopped");
  }

  private Future<Void> letGo() {
    return upstreams
        .end()
        .otherwiseEmpty()
        .compose(v -> Future.fromCompletionStage(store.close()))
        .otherwiseEmpty()
        .compose(v -> ops == null ? Future.succeededFuture() : ops.close())
        .otherwiseEmpty()
        .compose(v -> cluster == null ? Future.succeededFuture() : cluster.close())
        .otherwiseEmpty()
        .compose(v -> vertx.close());
  }
}
