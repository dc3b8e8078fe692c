package dev.usher.store.redis;

import dev.usher.house.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A Redis of a test's own, which it stops and starts again with the data it had. */
public final class RestartableRedis implements AutoCloseable {
  private final Path program = RedisFinder.program();
  private final Path folder;
  private final int port = FreePort.next();
  private @Nullable Process process;

  /**
   * Starts it.
   *
   * @param folder where it keeps its data and its log
   */
  public RestartableRedis(Path folder) {
    this.folder = folder;
    start();
  }

  public URI url() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** Starts it again, with the data it had. */
  public void start() {
    try {
      process = RedisProcess.launch(program, folder, folder.resolve("redis.log"), port);
    } catch (IOException e) {
      throw new UncheckedIOException(program + " must start but did not", e);
    }
    if (!RedisProcess.isReady(process, url())) {
      throw new IllegalStateException(program + " must answer within 10 s but did not");
    }
  }

  /** Writes its data down and ends it. */
  public void stop() {
    Process running = process;
    if (running != null) {
      // Not part of its options, so that a test that is cut off leaves no file behind.
      RedisWire.ask(url(), "SAVE");
      close();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      RedisProcess.end(process);
      process = null;
    }
  }
}
