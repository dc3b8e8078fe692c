package dev.usher.helm.proof;

import dev.usher.cli.drill.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway on this machine, which follows a Service of the cluster as anyone with a kubeconfig.
 */
final class HostGateway implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofMinutes(2);
  private static final Pattern PORTS =
      Pattern.compile("(http://127.0.0.1:\\d+).*(http://127.0.0.1:\\d+)");
  private static final long TICKS_A_SECOND = 100;

  private final ChildJvm child;
  private final Path folder;

  private HostGateway(ChildJvm child, Path folder) {
    this.child = child;
    this.folder = folder;
  }

  /** Runs Usher's command {@code run} or {@code check --kubernetes} with this way to the API. */
  static HostGateway start(Path kubeconfig, String namespace, String service, String... command) {
    String config = Texts.of("host.yaml", "NAMESPACE", namespace, "SERVICE", service);
    return configured(kubeconfig, config, command);
  }

  /** The same with this configuration. */
  static HostGateway configured(Path kubeconfig, String yaml, String... command) {
    try {
      Path folder = Files.createTempDirectory("usher-on-host");
      Path config = Files.writeString(folder.resolve("gateway.yaml"), yaml);
      List<String> jvm =
          List.of(
              "-Xmx192m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Dkubeconfig=" + kubeconfig);
      List<String> words = new java.util.ArrayList<>(List.of("dev.usher.cli.Main"));
      words.addAll(List.of(command));
      words.add(config.toString());
      return new HostGateway(ChildJvm.start("gateway", folder, jvm, words), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command of Usher's that needs no configuration. */
  static HostGateway command(Path kubeconfig, String... words) {
    try {
      Path folder = Files.createTempDirectory("usher-on-host");
      List<String> line = new java.util.ArrayList<>(List.of("dev.usher.cli.Main"));
      line.addAll(List.of(words));
      List<String> jvm = List.of("-Xmx192m", "-Dkubeconfig=" + kubeconfig);
      return new HostGateway(ChildJvm.start("command", folder, jvm, line), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends its process as the kernel would. */
  void kill() {
    ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
    awaitEnd();
  }

  /** Waits until it listens; gives back where operators ask. */
  String awaitOps() {
    return ports().group(2);
  }

  /** Waits until it listens; gives back where visitors go. */
  String awaitDoor() {
    return ports().group(1);
  }

  private Matcher ports() {
    try {
      Matcher found = PORTS.matcher(child.awaitLine("Usher listens on ", START_MAX));
      if (!found.find()) {
        throw new IllegalStateException("no ports in " + printed());
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void awaitLine(String words) {
    try {
      child.awaitLine(words, START_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it has ended; gives back its exit code. */
  int awaitEnd() {
    return child.ended().orTimeout(START_MAX.toSeconds(), TimeUnit.SECONDS).join();
  }

  String printed() {
    return child.printed();
  }

  /** Memory that it has, in MiB; of Linux. */
  long memory() {
    String status = proc("status");
    Matcher found = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
    return found.find() ? Long.parseLong(found.group(1)) / 1024 : -1;
  }

  /** Processor time that it has used, in seconds. */
  double processor() {
    String[] fields = proc("stat").replaceAll(".*\\) ", "").split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_A_SECOND;
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc/" + child.pid() + "/" + file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    child.close();
    try {
      Files.deleteIfExists(folder.resolve("gateway.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
