package dev.usher.faults;

import dev.usher.cli.drill.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A replica of Usher in a JVM of its own, which a test can kill, stop and start again. */
final class ReplicaProcess implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final String LISTENING = "Usher listens on ";
  private static final Pattern PORTS = Pattern.compile("http://127.0.0.1:(\\d+)");
  private static final List<String> LEAN =
      List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final int number;
  private final Path folder;
  private final long clockOffset;
  private int starts;
  private ChildJvm child;
  private volatile Ports ports = new Ports(0, 0);

  /** Where a replica listens; 0 while it does not. */
  record Ports(int visitors, int ops) {}

  /**
   * Starts one; {@link #awaitListening} before use.
   *
   * @param folder where its configuration and its log are
   * @param yaml what it is told, without its ports
   * @param clockOffset by how much its clock is ahead, in milliseconds
   */
  ReplicaProcess(int number, Path folder, String yaml, long clockOffset) {
    this.number = number;
    this.folder = folder;
    this.clockOffset = clockOffset;
    try {
      Files.writeString(
          file(),
          "listen: {host: 127.0.0.1, port: 0}\nops: {host: 127.0.0.1, port: 0}\ndrain: 4s\n"
              + yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.child = newChild();
  }

  private Path file() {
    return folder.resolve("replica-" + number + ".yaml");
  }

  private ChildJvm newChild() {
    List<String> jvm = new ArrayList<>(LEAN);
    jvm.add("-Dusher.test.clock.offset=" + clockOffset);
    String name = "replica-" + number + "." + ++starts;
    try {
      return ChildJvm.start(
          name, folder, jvm, List.of("dev.usher.cli.Main", "run", "--config", file().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it listens. */
  void awaitListening() {
    try {
      Matcher found = PORTS.matcher(listening());
      int visitors = found.find() ? Integer.parseInt(found.group(1)) : 0;
      int ops = found.find() ? Integer.parseInt(found.group(1)) : 0;
      ports = new Ports(visitors, ops);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String listening() throws InterruptedException {
    try {
      return child.awaitLine(LISTENING, START_MAX);
    } catch (IllegalStateException late) {
      // What it is doing instead, each of its threads will tell.
      signal("QUIT");
      child.ended().completeOnTimeout(0, 2, TimeUnit.SECONDS).join();
      throw new IllegalStateException(late.getMessage() + child.printed(), late);
    }
  }

  /** Where it listens. A visitor who knows its ports may ask it also when it does not run. */
  Ports ports() {
    return ports;
  }

  int number() {
    return number;
  }

  /** As a crash would. */
  void kill() {
    signal("KILL");
    child.ended().join();
  }

  /** Starts it again; {@link #awaitListening} before use. */
  void launch() {
    child = newChild();
  }

  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it logged since it was last started. */
  List<String> log() {
    return child.printed().lines().toList();
  }

  @Override
  public void close() {
    if (child.alive()) {
      kill();
    }
  }
}
