package dev.usher.store.redis;

import dev.usher.house.FreePort;
import dev.usher.house.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A Redis of one test's own, a sentinel among them, which may be killed, frozen and started again
 * at its port.
 */
public final class OwnRedis implements AutoCloseable {
  public final int port = FreePort.next();

  /** Put for the word {bus} in the options: the nodes of a cluster talk over it. */
  public final int busPort = FreePort.next();

  /** Put for the word {tls} in the options. */
  public final int tlsPort = FreePort.next();

  private final Path folder;
  private final List<String> options;
  private final boolean sentinel;
  private Process process;

  /** Starts one with these options more. */
  public OwnRedis(Path folder, String... options) {
    this(folder, false, List.of(options));
  }

  private OwnRedis(Path folder, boolean sentinel, List<String> options) {
    this.folder = folder;
    this.sentinel = sentinel;
    this.options = options;
    this.process = launch();
  }

  /** Starts a sentinel, which writes to its file, with these options more. */
  public static OwnRedis sentinel(Path folder, Path file, String... more) {
    List<String> options = new ArrayList<>(List.of(file.toString(), "--sentinel"));
    options.addAll(List.of(more));
    return new OwnRedis(folder, true, options);
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
    List<String> command = command();
    Path output = folder.resolve("redis-" + port + ".log");
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      while (started.isAlive() && !isReady(Files.readString(output))) {
        Wait.pause(20);
      }
      if (!started.isAlive()) {
        throw new IllegalStateException("Redis must start:\n" + Files.readString(output));
      }
      Files.deleteIfExists(output);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> own = new ArrayList<>();
    for (String each : options) {
      own.add(
          each.replace("{tls}", Integer.toString(tlsPort))
              .replace("{bus}", Integer.toString(busPort)));
    }
    // A sentinel's file comes first.
    List<String> command = new ArrayList<>(List.of(program().toString()));
    if (sentinel) {
      command.addAll(own);
    } else {
      command.addAll(List.of("--save", ""));
    }
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port), "--dir"));
    command.add(folder.toString());
    if (!sentinel) {
      command.addAll(own);
    }
    return command;
  }

  private static boolean isReady(String output) {
    return output.contains("Ready to accept") || output.contains("+monitor master");
  }

  /** A container cannot be frozen by its process: this needs the program itself. */
  private Path program() {
    Path program = RedisFinder.program();
    boolean mayLackTls = !program.startsWith("/usr") && options.contains("--tls-port");
    Assumptions.assumeFalse(mayLackTls, "needs redis-server with TLS on the PATH");
    return program;
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
