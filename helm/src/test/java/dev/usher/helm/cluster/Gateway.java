package dev.usher.helm.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Usher as a process of this machine, which is simpler to measure than one in a pod. */
final class Gateway implements AutoCloseable {
  /** Ticks of the kernel's clock a second, as it tells the use of processors. */
  private static final double TICKS = 100;

  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final String CONFIG =
      """
      listen: {host: 127.0.0.1, port: %d}
      ops: {host: 127.0.0.1, port: %d}
      drain: 1s
      upstreams:
        shop:
          kubernetes: {namespace: %s, service: shop, port: http}
          sessionsPerPod: 20
          requestsPerSecondPerPod: 200
          maxInFlightPerPod: 40
          responseTime: 200ms
          admission: {warmUp: 0s, startAt: 1, surviveLossOf: 0, overOffer: 0}
      rooms:
        concert: {offer: 10s, poll: {min: 300ms, max: 1s}, session: {timeout: 1m}}
      """;

  private final Process process;
  private final Path log;
  private final int visitors;
  private final Replica replica;

  private Gateway(Process process, Path log, int visitors, int ops) {
    this.process = process;
    this.log = log;
    this.visitors = visitors;
    this.replica = new Replica("gateway " + process.pid(), "http://127.0.0.1:" + ops);
  }

  /** A configuration that follows the shop of a namespace. */
  static Path config(String namespace, int visitors, int ops) {
    Path file = target("gateway-" + COUNT.incrementAndGet() + ".yaml");
    try {
      return Files.writeString(file, CONFIG.formatted(visitors, ops, namespace));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one that asks the API by this kubeconfig, and waits until it lives. */
  static Gateway start(String namespace, Path kubeconfig) {
    int visitors = freePort();
    int ops = freePort();
    Path config = config(namespace, visitors, ops);
    Path log = target("gateway-" + COUNT.incrementAndGet() + ".log");
    Process process = run(kubeconfig, log, "run", "--config", config.toString());
    Gateway gateway = new Gateway(process, log, visitors, ops);
    Until.so("the gateway lives: " + log, gateway::lives);
    return gateway;
  }

  /** Runs the jar with these arguments; what it says comes into the file. */
  static Process run(Path kubeconfig, Path output, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-jar"));
    command.add(Objects.requireNonNull(System.getProperty("usher.cluster.jar")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path target(String name) {
    try {
      return Files.createDirectories(Path.of("target", "cluster")).resolve(name).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean lives() {
    if (!process.isAlive()) {
      throw new AssertionError("The gateway must run but ended: " + log());
    }
    return replica.answers() && replica.status("/livez") == 200;
  }

  Replica replica() {
    return replica;
  }

  String address() {
    return "http://127.0.0.1:" + visitors;
  }

  String log() {
    return text(log);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Megabytes of memory that it occupies. */
  long residentMegabytes() {
    return text(Path.of("/proc", Long.toString(process.pid()), "status"))
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024;
  }

  /** Seconds of a processor that it has used since its start. */
  double processorSeconds() {
    String stat = text(Path.of("/proc", Long.toString(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
