package dev.usher.edge;

import dev.usher.admission.Declared;
import dev.usher.admission.Tuning;
import dev.usher.capacity.PodSet;
import dev.usher.capacity.UpstreamOptions;
import dev.usher.house.Wait;
import dev.usher.room.Pod;
import dev.usher.room.RequestClass;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A proxy on two event loops with real pods behind it, each listening on a port of its own. */
final class ProxyRig implements AutoCloseable {
  static final ListenOptions.Limits LIMITS =
      new ListenOptions.Limits(
          8192, 0, 2000, 0, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(700));

  final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  final Queue<String> finished = new ConcurrentLinkedQueue<>();
  final Queue<ConnectionObserver.Reason> refused = new ConcurrentLinkedQueue<>();
  final AtomicInteger retries = new AtomicInteger();
  final List<Pod> pods = new ArrayList<>();
  final Addresses addresses = new Addresses("shop");
  BodyMemory bodies = new BodyMemory(16 * 1024 * 1024);
  final EdgeFailures failures = new EdgeFailures();

  ListenOptions listen;
  ProxyOptions options =
      new ProxyOptions(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(300), 100);
  int cap = 100;
  UnaryOperator<Passage> passage = given -> given;
  Function<HttpServerRequest, @Nullable Turn> turn = request -> null;
  private @Nullable PodSet set;
  private final Wire wire;
  private int port;

  ProxyRig() {
    this(Wire.HTTP_1);
  }

  /** A rig whose visitors speak this. */
  ProxyRig(Wire wire) {
    this.wire = wire;
    this.listen = listening(List.of(), LIMITS);
  }

  /** Where visitors come in, by these limits and behind these trusted proxies. */
  ListenOptions listening(List<Cidr> trusted, ListenOptions.Limits limits) {
    ListenOptions.Tls tls = wire.secure() ? TestCertificate.shared() : null;
    return new ListenOptions(
        "127.0.0.1", 0, tls, new ListenOptions.Proxies(trusted, false, false), limits);
  }

  /** Adds a pod that answers by this handler. */
  Pod pod(Handler<HttpServerRequest> handler) {
    var server =
        await(
            vertx
                .createHttpServer(new HttpServerOptions().setMaxHeaderSize(65536))
                .requestHandler(handler)
                .listen(0, "127.0.0.1"));
    return add(server.actualPort());
  }

  /** Adds a pod that speaks as its handler does, byte by byte. */
  Pod rawPod(Handler<NetSocket> handler) {
    var server = await(vertx.createNetServer().connectHandler(handler).listen(0, "127.0.0.1"));
    return add(server.actualPort());
  }

  /** Adds a pod at a port where nobody listens. */
  Pod deadPod() {
    var server = await(vertx.createNetServer().connectHandler(s -> {}).listen(0, "127.0.0.1"));
    int free = server.actualPort();
    await(server.close());
    return add(free);
  }

  /** Adds a pod that is killed by its first request. */
  Pod mortalPod() {
    NetServer server = vertx.createNetServer();
    server.connectHandler(
        socket ->
            socket.handler(
                request -> {
                  var unusedServer = server.close();
                  var unusedSocket = socket.close();
                }));
    return add(await(server.listen(0, "127.0.0.1")).actualPort());
  }

  private Pod add(int podPort) {
    Pod pod = new Pod("127.0.0.1", podPort, false);
    pods.add(pod);
    return pod;
  }

  /** Starts the proxy with all its pods ready. Returns its port. */
  int start() {
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 3);
    PodSet podSet =
        new PodSet(
            new UpstreamOptions(
                "shop", pods, new Declared(100, 0, cap, 0), Tuning.DEFAULT, 1000, probe),
            (delay, task) -> {
              long id = vertx.setTimer(delay.toMillis(), fired -> task.run());
              return () -> vertx.cancelTimer(id);
            },
            bound -> ThreadLocalRandom.current().nextInt(bound),
            change -> {});
    pods.forEach(pod -> podSet.probed(pod, null));
    set = podSet;
    EdgeServer edge = new EdgeServer(listen, failures, new RefusedRequests(), refused::add);
    ClientAddress clients = new ClientAddress(listen.proxies());
    Promise<Integer> listening = Promise.promise();
    await(
        vertx.deployVerticle(
            () -> new Loop(edge, clients, podSet, listening),
            new DeploymentOptions().setInstances(2)));
    port = await(listening.future());
    return port;
  }

  private final class Loop extends AbstractVerticle {
    private final EdgeServer edge;
    private final ClientAddress clients;
    private final PodSet podSet;
    private final Promise<Integer> listening;

    Loop(EdgeServer edge, ClientAddress clients, PodSet podSet, Promise<Integer> listening) {
      this.edge = edge;
      this.clients = clients;
      this.podSet = podSet;
      this.listening = listening;
    }

    @Override
    public void start(Promise<Void> started) {
      Proxy proxy =
          new Proxy(vertx, new Proxy.Shared(podSet, addresses, bodies), options, new Ears());
      edge.listen(
              vertx,
              request ->
                  proxy.forward(
                      request,
                      passage.apply(
                          new Passage(
                              clients.of(request),
                              RequestClass.SETTLED,
                              null,
                              null,
                              listen.limits().bodyBytes(),
                              turn.apply(request),
                              null,
                              null))))
          .onSuccess(server -> listening.tryComplete(server.actualPort()))
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }

  private final class Ears implements ProxyObserver {
    @Override
    public void finished(int status, long nanos, @Nullable ProxyError error) {
      finished.add(status + (error == null ? "" : " " + error));
    }

    @Override
    public void retried(ProxyError error) {
      retries.incrementAndGet();
    }

    @Override
    public void addressCarriesMuch() {}
  }

  int port() {
    return port;
  }

  /** For visitors who come by many at once, and need not be exact. */
  HttpClientOptions clientOptions() {
    return new HttpClientOptions()
        .setSsl(wire.secure())
        .setTrustAll(true)
        .setVerifyHost(false)
        .setUseAlpn(wire.secure())
        .setProtocolVersion(wire == Wire.HTTP_2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
  }

  PodSet set() {
    if (set == null) {
      throw new IllegalStateException("start() must come first");
    }
    return set;
  }

  RawVisitor visitor() {
    return new RawVisitor(wire, port);
  }

  /** Waits until something is so. */
  static void eventually(BooleanSupplier condition) {
    Wait.until("what must come to be", condition);
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
