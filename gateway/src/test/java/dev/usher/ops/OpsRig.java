package dev.usher.ops;

import dev.usher.admission.AdmissionController;
import dev.usher.admission.Declared;
import dev.usher.admission.PodLimit;
import dev.usher.admission.capacity.Tuning;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.doorkeeper.LossReserve;
import dev.usher.doorkeeper.SlotShares;
import dev.usher.ops.control.OperatorTokens;
import dev.usher.pods.FixedCapacity;
import dev.usher.pods.Pod;
import dev.usher.pods.Slot;
import dev.usher.pods.Sticky;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.probe.WarmUpLog;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.slots.PodSet;
import dev.usher.pods.warm.PodCaller.Answer;
import dev.usher.pods.warm.WarmUp;
import dev.usher.provision.ScaleSignal;
import dev.usher.provision.Scaling;
import dev.usher.provision.Sizing;
import dev.usher.provision.floor.FloorBoard;
import dev.usher.room.Decision;
import dev.usher.room.Room;
import dev.usher.room.RoomPolicy;
import dev.usher.store.InterceptedQueueStore;
import dev.usher.store.Queue;
import dev.usher.store.QueueStore;
import dev.usher.store.StoreOperation;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.memory.MemoryQueueStore;
import dev.usher.token.Keys;
import dev.usher.token.Passes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two rooms in front of two pods, and the operators' port over them. */
final class OpsRig implements AutoCloseable {
  static final Pod FIRST = new Pod("10.0.0.1", 8080, false);
  static final Pod SECOND = new Pod("10.0.0.2", 8080, false);
  static final int SESSIONS_PER_POD = 2;
  static final String TOKEN = "B".repeat(43);
  static final Declared DECLARED = new Declared(SESSIONS_PER_POD, 0, 3, 0);
  static final Sizing SIZING =
      new Sizing(
          new Scaling(1, Scaling.UNBOUNDED, Duration.ofMinutes(5), Duration.ofMinutes(1)),
          DECLARED,
          Tuning.DEFAULT);
  private static final long BEGIN = 1_800_000_000_000L;

  /** The answer to each call that is to warm a pod. */
  private static final Answer NOT_FOUND = new Answer(true, 0, "it answered 404");

  final AtomicLong now = new AtomicLong(BEGIN);
  final AtomicBoolean draining = new AtomicBoolean();
  final AtomicBoolean grows = new AtomicBoolean(true);
  final AtomicInteger connections = new AtomicInteger();
  final Vertx gateway = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  final Metrics metrics = new Metrics();
  final Passes passes = new Passes(Keys.parse("test:" + "A".repeat(43)));
  final PodSet pods;
  final Room concert;
  final Room theatre;
  final Doorkeeper doorkeeper;
  final ScaleSignal signal;
  private final WarmUp warmUp;

  /** Whether the store is away whenever something is to be recorded. */
  boolean keepsNoRecord;

  /** Whether it is away whenever somebody leaves. */
  boolean hearsNoLeave;

  /** What every request shows; "" for nothing. */
  String token = TOKEN;

  ConfigStatus config =
      new ConfigStatus("gateway.yaml", "5e", List.of("it is wrong"), List.of("listen.port"));
  List<Running.Upstream> upstreams;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final OpsServer server;
  private final int port;

  OpsRig() {
    this(null);
  }

  /** The same with a controller of one's own. */
  OpsRig(@Nullable AdmissionController controller) {
    this(controller, OperatorTokens.parse("anna:" + TOKEN));
  }

  /** The same with these tokens. */
  OpsRig(@Nullable AdmissionController controller, @Nullable OperatorTokens tokens) {
    QueueStore store = metrics.timed(new KeepsNoRecord(new MemoryQueueStore("one", now::get)));
    UpstreamOptions options = options();
    pods =
        new PodSet(
            new Roster(options, change -> {}), options, (delay, task) -> () -> {}, bound -> 0);
    concert = new Room(policy("concert", "City Concert"), store, 1);
    theatre = new Room(policy("theatre", "Old Theatre"), store, 1);
    doorkeeper =
        new Doorkeeper(
            "shop",
            List.of(concert, theatre),
            new SlotShares("shop", pods.roster(), store, LossReserve.hold(Duration.ofSeconds(30))),
            controller != null
                ? controller
                : new FixedCapacity(() -> SESSIONS_PER_POD * (long) pods.roster().ready(), 100),
            store);
    signal = new ScaleSignal(doorkeeper, pods.roster(), store, SIZING);
    warmUp = warmUp(pods, options);
    FloorBoard floor = new FloorBoard("shop", store);
    upstreams =
        List.of(
            new Running.Upstream(
                doorkeeper, pods.roster(), DECLARED, signal, floor, warmUp, grows::get));
    Running watched =
        new Running(
            () -> upstreams,
            () -> config,
            passes,
            connections::get,
            draining::get,
            now::get,
            now::get);
    server = new OpsServer(gateway, new OpsOptions("127.0.0.1", 0, tokens), watched, metrics);
    metrics.certificateEnds(() -> 2_000_000_000);
    port = await(server.start());
    server.visitorsMayCome();
  }

  /** A store that is away whenever something is to be recorded or left, while that is wanted. */
  private final class KeepsNoRecord extends InterceptedQueueStore {
    KeepsNoRecord(QueueStore store) {
      super(store);
    }

    @Override
    protected <T> CompletionStage<T> intercept(
        StoreOperation operation, Supplier<CompletionStage<T>> question) {
      return (keepsNoRecord && operation == StoreOperation.RECORD)
              || (hearsNoLeave && operation == StoreOperation.LEAVE)
          ? CompletableFuture.failedFuture(new StoreUnavailableException("away"))
          : question.get();
    }
  }

  private static WarmUp warmUp(PodSet pods, UpstreamOptions options) {
    return new WarmUp(
        pods.roster(),
        options,
        (pod, path) -> CompletableFuture.completedFuture(NOT_FOUND),
        new WarmUpLog("shop"));
  }

  private static UpstreamOptions options() {
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 3);
    return new UpstreamOptions(
        "shop",
        List.of(FIRST, SECOND),
        DECLARED,
        Tuning.DEFAULT,
        10,
        probe,
        UpstreamOptions.STREAMS_SHARE,
        Sticky.OFF,
        List.of("/seats"));
  }

  private static RoomPolicy policy(String room, String title) {
    return new RoomPolicy(
        new Queue(
            "shop", room, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(45)),
        title,
        1,
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        1000,
        Duration.ofSeconds(1),
        Duration.ofSeconds(20));
  }

  /** Makes every pod ready. */
  void podsReady() {
    pods.roster().probed(FIRST, null);
    pods.roster().probed(SECOND, null);
  }

  /** Calls the first pod as a cold one, until it is plain that the path does not work. */
  void callFirst() {
    PodLimit held = new PodLimit(FIRST.toString(), 0, 0, 0, 1000, 1, 0, null, 10);
    for (int tick = 0; tick < 3; tick++) {
      warmUp.step(now.addAndGet(200), List.of(held), true);
    }
  }

  /** Takes a slot on the other pod than this. */
  Slot takeOtherThan(Pod avoid) {
    Slot slot = pods.take(null, avoid);
    if (slot == null) {
      throw new AssertionError("A slot must be free but none was");
    }
    return slot;
  }

  /** Lets a second pass, and the doorkeeper take a step. */
  void tick() {
    now.addAndGet(1000);
    done(doorkeeper.tick(now.get()));
    done(signal.step(now.get()));
  }

  /** So many visitors arrive. */
  List<Decision> arrive(Room room, int visitors) {
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < visitors; i++) {
      decisions.add(done(room.number(new Decision.TakeNumber(null), now.get())));
    }
    return decisions;
  }

  HttpResponse<String> get(String path) {
    return ask("GET", path);
  }

  /** The answer to somebody who would like this type. */
  HttpResponse<String> get(String path, String accept) {
    return send(HttpRequest.newBuilder(uri(path)).header("Accept", accept));
  }

  HttpResponse<String> ask(String method, String path) {
    return send(
        HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  /** Posts a body of this type. */
  HttpResponse<String> post(String path, String type, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  int port() {
    return port;
  }

  /** An answer's status and body by a connection of its own, as a probe asks. */
  String onceOnly(String path) {
    try {
      var connection = (java.net.HttpURLConnection) uri(path).toURL().openConnection();
      connection.setRequestProperty("Connection", "close");
      connection.setConnectTimeout(20_000);
      connection.setReadTimeout(20_000);
      int status = connection.getResponseCode();
      try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return status + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpResponse<String> send(HttpRequest.Builder prepared) {
    if (!token.isEmpty()) {
      prepared.header("Authorization", "Bearer " + token);
    }
    HttpRequest request = prepared.timeout(Duration.ofSeconds(10)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonObject json(String path) {
    return new JsonObject(get(path).body());
  }

  /** The value of one metric with its labels, as it stands in the answer. */
  double metric(String nameAndLabels) {
    for (String line : get("/metrics").body().split("\n", -1)) {
      if (line.startsWith(nameAndLabels + " ")) {
        return Double.parseDouble(line.substring(nameAndLabels.length() + 1));
      }
    }
    throw new AssertionError(nameAndLabels + " must be among the metrics but was not");
  }

  static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static <T> T await(Future<T> future) {
    return done(future.toCompletionStage());
  }

  @Override
  public void close() {
    await(server.close());
    await(gateway.close());
  }
}
