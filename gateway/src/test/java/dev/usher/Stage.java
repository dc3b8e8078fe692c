package dev.usher;

import dev.usher.config.ConfigFile;
import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.house.Wait;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Gateways and pods of one test, all with real sockets on the loopback address. */
public final class Stage implements AutoCloseable {
  /** A key for tests: gateways that share it know each other's tokens. */
  public static final String KEY = "test:" + "A".repeat(43);

  /** What an operator called anna shows to change something. */
  static final String TOKEN = "B".repeat(43);

  private static final Map<String, String> SECRETS = Map.of("USHER_OPS_TOKEN", "anna:" + TOKEN);
  private static final Map<String, String> WITH_KEY =
      Map.of("USHER_KEY", KEY, "USHER_OPS_TOKEN", "anna:" + TOKEN);

  /**
   * A thread of its own for each play: the common pool has one thread on two cores, so that what
   * waits there for an answer would keep from starting what gives it.
   */
  static final Executor BESIDE = task -> new Thread(task, "beside").start();

  /** A line of configuration: tokens are signed with {@link #KEY}. */
  static final String LASTING = "# with a lasting key\n";

  private final Path folder;
  private final Way way;
  private final Vertx vertx = Vertx.vertx();
  private final List<Gateway> gateways = new ArrayList<>();

  public Stage(Path folder) {
    this(folder, Way.HTTP_1);
  }

  Stage(Path folder, Way way) {
    this.folder = folder;
    this.way = way;
  }

  /** A visitor at this port, who comes as visitors do on this stage. */
  Guest guest(int port) {
    return new Guest(way.wire(), port);
  }

  public TestPod pod() {
    return new TestPod(vertx);
  }

  /** A gateway on free ports, told the rest in YAML. */
  public Gateway gateway(String yaml) {
    String listen = yaml.contains("listen:") ? "" : way.listen("");
    String drain = yaml.contains("drain:") ? "" : "drain: 1s\n";
    GatewayConfig config = config(listen + drain + "ops: {host: 127.0.0.1, port: 0}\n" + yaml);
    Gateway gateway = Gateway.start(config, way::store);
    gateways.add(gateway);
    if (yaml.contains("redis:") && yaml.contains("rooms: {concert")) {
      Guest operator = new Guest(gateway.opsPort());
      until(
          "what the store may have lost would be back",
          () -> "good".equals(operator.fetches("/api/rooms/concert").json().getString("store")));
    }
    return gateway;
  }

  /** A gateway that watches this file. */
  Gateway watching(Path file) {
    try {
      Gateway gateway = Gateway.start(ConfigFile.open(new ConfigReader(WITH_KEY), file));
      gateways.add(gateway);
      return gateway;
    } catch (RefusedConfigException e) {
      throw new AssertionError(e);
    }
  }

  /** With a lasting key where the store is shared or the play asks for it, else a random one. */
  GatewayConfig config(String yaml) {
    boolean lasting = yaml.contains("redis:") || yaml.contains(LASTING);
    try {
      Path file = Files.createTempFile(folder, "gateway", ".yaml");
      return new ConfigReader(lasting ? WITH_KEY : SECRETS).read(Files.writeString(file, yaml));
    } catch (RefusedConfigException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An upstream called shop of this pod, warm and proven, that bears so many sessions. */
  public static String shop(TestPod pod, int sessions) {
    return """
    upstreams:
      shop:
        pods: ["%s"]
        %s
        probe: {path: /healthz, interval: 200ms, timeout: 10s}
    """
        .formatted(pod.url(), bearing(sessions));
  }

  /** What one pod bears, so that exactly so many sessions of it are used. */
  static String bearing(int sessions) {
    int declared = (sessions * 10 + 8) / 9; // nine tenths are used
    return "sessionsPerPod: "
        + declared
        + "\n    requestsPerSecondPerPod: 10000"
        + "\n    admission: {warmUp: 0s, warmUpRequests: 0, startAt: 1, surviveLossOf: 0}";
  }

  /** Waits until something is so; generous, because the machine may be busy. */
  public static void until(String what, BooleanSupplier condition) {
    Wait.until(what, condition);
  }

  /** Waits until it is known that no place is free; each of these guests comes and looks. */
  static void untilFull(Supplier<Guest> guests) {
    until(
        "it is known that no place is free",
        () -> guests.get().asks("HEAD", "/", Guest.BROWSER).status() != 200);
  }

  /** Waits until something is so, at most so many seconds. */
  static void within(int seconds, String what, BooleanSupplier condition) {
    Wait.within(Duration.ofSeconds(seconds), what, condition);
  }

  @Override
  public void close() {
    gateways.forEach(Gateway::stop);
    vertx.close().await();
  }
}
