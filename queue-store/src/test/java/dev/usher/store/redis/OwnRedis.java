package dev.usher.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Redis of one test's own, which may be killed, frozen and started again at its port. */
public final class OwnRedis implements AutoCloseable {
  final int port = freePort();

  /** Put for the word {tls} in the options. */
  final int tlsPort = freePort();

  private final Path folder;
  private final List<String> options;
  private Process process;

  /** Starts one with these options more. */
  public OwnRedis(Path folder, String... options) {
    this.folder = folder;
    this.options = List.of(options);
    this.process = launch();
  }

  public URI url() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  public void start() {
    process = launch();
  }

  /** As a crash would: without a word to anybody. */
  public void kill() {
    signal("KILL");
    await();
  }

  /** Asks it something, past the client under test. */
  public String ask(String... command) {
    return RedisWire.ask(url(), command);
  }

  public void freeze() {
    signal("STOP");
  }

  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void await() {
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Redis must end but did not: " + process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process launch() {
    List<String> command = new ArrayList<>(List.of(program(), "--bind", "127.0.0.1"));
    command.addAll(List.of("--port", Integer.toString(port), "--save", "", "--dir"));
    command.add(folder.toString());
    options.forEach(each -> command.add(each.replace("{tls}", Integer.toString(tlsPort))));
    Path output = folder.resolve("redis-" + port + ".log");
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      while (started.isAlive() && !Files.readString(output).contains("Ready to accept")) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      if (!started.isAlive()) {
        throw new IllegalStateException("Redis must start:\n" + Files.readString(output));
      }
      Files.deleteIfExists(output);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A container cannot be frozen by its process: this needs the program itself. */
  private static String program() {
    for (String path : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path program = Path.of(path, "redis-server");
      if (Files.isExecutable(program)) {
        return program.toString();
      }
    }
    return Assumptions.abort("needs redis-server on the PATH");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
