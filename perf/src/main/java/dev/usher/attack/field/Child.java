package dev.usher.attack.field;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that is started for this run, and ends with it. */
public final class Child implements AutoCloseable {
  private final Process process;
  private final Path log;

  Child(Path log, List<String> command) throws IOException {
    this.log = log;
    this.process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it accepts connections there. */
  boolean listens(int port, long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (process.isAlive() && System.nanoTime() < end) {
      try (RawConnection wire = RawConnection.plain(port)) {
        return wire.socket().isConnected();
      } catch (IOException notYet) {
        Pause.of(100);
      }
    }
    return false;
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Memory that it and its children hold, in MB. */
  public long rssMb() {
    long own = rssKb(process.pid());
    return (own + process.descendants().mapToLong(child -> rssKb(child.pid())).sum()) / 1024;
  }

  private static long rssKb(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(8, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
