package dev.usher.proxy;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.edge.ClientAddress;
import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Wait;
import dev.usher.http.Cidr;
import dev.usher.pods.Pod;
import dev.usher.pods.RequestClass;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.slots.PodSet;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.proxy.turn.Addresses;
import dev.usher.proxy.turn.Turn;
import dev.usher.server.ConnectionObserver;
import dev.usher.server.EdgeFailures;
import dev.usher.server.EdgeServer;
import dev.usher.server.ListenOptions;
import dev.usher.server.RefusedRequests;
import dev.usher.server.TestCertificate;
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
public final class ProxyRig implements AutoCloseable {
  /** Limits that a busy machine does not reach, nor its handshakes of TLS. */
  public static final ListenOptions.Limits LIMITS = headsWithin(Duration.ofSeconds(15));

  public final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  public final Queue<String> finished = new ConcurrentLinkedQueue<>();
  public final Queue<ConnectionObserver.Reason> refused = new ConcurrentLinkedQueue<>();
  final AtomicInteger retries = new AtomicInteger();
  public final List<Pod> pods = new ArrayList<>();
  public final Addresses addresses = new Addresses("shop");
  BodyMemory bodies = new BodyMemory(16 * 1024 * 1024);
  public final EdgeFailures failures = new EdgeFailures();

  public ListenOptions listen;

  /** No answer is given up while a busy machine is still at the play's first steps. */
  public ProxyOptions options =
      new ProxyOptions(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMillis(300), 100);

  public int cap = 100;
  public UnaryOperator<ForwardedRequest> passage = given -> given;
  public Function<HttpServerRequest, @Nullable Turn> turn = request -> null;
  private @Nullable PodSet set;
  private final Wire wire;
  private int port;

  public ProxyRig() {
    this(Wire.HTTP_1);
  }

  /** A rig whose visitors speak this. */
  public ProxyRig(Wire wire) {
    this.wire = wire;
    this.listen = listening(List.of(), LIMITS);
  }

  /** The usual limits, but for the time in which a head must be complete. */
  public static ListenOptions.Limits headsWithin(Duration headerRead) {
    Duration idle = Duration.ofSeconds(20);
    return new ListenOptions.Limits(8192, 0, 2000, 0, idle, idle, headerRead);
  }

  /** Where visitors come in, by these limits and behind these trusted proxies. */
  public ListenOptions listening(List<Cidr> trusted, ListenOptions.Limits limits) {
    ListenOptions.Tls tls = wire.secure() ? TestCertificate.shared() : null;
    return new ListenOptions(
        "127.0.0.1", 0, tls, new ListenOptions.Proxies(trusted, false, false), limits);
  }

  /** Adds a pod that answers by this handler. */
  public Pod pod(Handler<HttpServerRequest> handler) {
    var server =
        await(
            vertx
                .createHttpServer(new HttpServerOptions().setMaxHeaderSize(65536))
                .requestHandler(handler)
                .listen(0, "127.0.0.1"));
    return add(server.actualPort());
  }

  /** Adds a pod that speaks as its handler does, byte by byte. */
  public Pod rawPod(Handler<NetSocket> handler) {
    var server = await(vertx.createNetServer().connectHandler(handler).listen(0, "127.0.0.1"));
    return add(server.actualPort());
  }

  /** Adds a pod at a port where nobody listens. */
  public Pod deadPod() {
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
  public int start() {
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 3);
    var upstream =
        new UpstreamOptions(
            "shop", pods, new Declared(100, 0, cap, 0), Tuning.DEFAULT, 1000, probe);
    PodSet podSet =
        new PodSet(
            new Roster(upstream, change -> {}),
            upstream,
            (delay, task) -> {
              long id = vertx.setTimer(delay.toMillis(), fired -> task.run());
              return () -> vertx.cancelTimer(id);
            },
            bound -> ThreadLocalRandom.current().nextInt(bound));
    pods.forEach(pod -> podSet.roster().probed(pod, null));
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
                          new ForwardedRequest(
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

  public int port() {
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

  public PodSet set() {
    if (set == null) {
      throw new IllegalStateException("start() must come first");
    }
    return set;
  }

  public RawVisitor visitor() {
    return new RawVisitor(wire, port);
  }

  /** Waits until something is so. */
  public static void eventually(BooleanSupplier condition) {
    Wait.until("what must come to be", condition);
  }

  public static <T> T await(Future<T> future) {
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
