package dev.usher.store.redis;

import dev.usher.house.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Redis server as a child process: loopback only, nothing kept on disk. */
final class RedisProcess {
  /** A port is chosen before the server takes it, and another process may be quicker. */
  private static final int ATTEMPTS = 3;

  private static final int READY_WITHIN_MS = 10_000;
  private static final int ASK_EVERY_MS = 20;

  private RedisProcess() {}

  static FoundRedis start(Path program, FoundRedis.Kind kind, String where) {
    try {
      Path folder = Files.createTempDirectory("usher-test-redis");
      Path output = folder.resolve("redis.log");
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        int port = FreePort.next();
        Process process = launch(program, folder, output, port);
        URI url = URI.create("redis://127.0.0.1:" + port);
        if (isReady(process, url)) {
          return new FoundRedis(kind, where, url, () -> stop(process, folder, output));
        }
        end(process);
      }
      throw new IllegalStateException(
          program + " must answer within 10 s but did not:\n" + Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(program + " must start but did not", e);
    }
  }

  static Process launch(Path program, Path folder, Path output, int port) throws IOException {
    // Its output goes to a file: a child that writes to the test JVM's own output breaks the
    // channel over which the build hears of the tests.
    return new ProcessBuilder(
            program.toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  static boolean isReady(Process process, URI url) {
    for (int waited = 0; waited < READY_WITHIN_MS; waited += ASK_EVERY_MS) {
      if (hasEnded(process, ASK_EVERY_MS)) {
        return false;
      }
      if ("PONG".equals(answerOrNull(url))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String answerOrNull(URI url) {
    try {
      return RedisWire.ask(url, "PING");
    } catch (UncheckedIOException notYet) {
      return null;
    }
  }

  private static void stop(Process process, Path folder, Path output) {
    end(process);
    try {
      Files.deleteIfExists(output);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      System.err.println("Could not remove " + folder + ": " + e);
    }
  }

  static void end(Process process) {
    process.destroy();
    if (!hasEnded(process, 2_000)) {
      process.destroyForcibly();
    }
  }

  private static boolean hasEnded(Process process, int withinMillis) {
    try {
      return process.waitFor(withinMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + process, e);
    }
  }
}
