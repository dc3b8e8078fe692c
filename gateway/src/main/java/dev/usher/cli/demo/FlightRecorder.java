package dev.usher.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A pod's counts, kept in a mapped file: they survive the pod's death, and reading them costs the
 * pod nothing while it fights for its life.
 */
final class FlightRecorder {
  private static final int READY = 0;
  private static final int IN_FLIGHT = 1;
  private static final int IN_FLIGHT_MAX = 2;
  private static final int SERVED = 3;
  private static final int LONGS = 4;

  private final LongBuffer kept;

  private FlightRecorder(LongBuffer kept) {
    this.kept = kept;
  }

  /** Opens the file, for the pod and for the reader alike. */
  static FlightRecorder open(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new FlightRecorder(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, LONGS * (long) Long.BYTES).asLongBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void clear() {
    for (int i = 0; i < LONGS; i++) {
      kept.put(i, 0);
    }
  }

  synchronized void ready() {
    kept.put(READY, 1);
  }

  synchronized void begin() {
    long now = kept.get(IN_FLIGHT) + 1;
    kept.put(IN_FLIGHT, now);
    if (now > kept.get(IN_FLIGHT_MAX)) {
      kept.put(IN_FLIGHT_MAX, now);
    }
  }

  synchronized void end() {
    kept.put(IN_FLIGHT, kept.get(IN_FLIGHT) - 1);
    kept.put(SERVED, kept.get(SERVED) + 1);
  }

  synchronized boolean isReady() {
    return kept.get(READY) == 1;
  }

  synchronized long inFlight() {
    return kept.get(IN_FLIGHT);
  }

  synchronized long inFlightMax() {
    return kept.get(IN_FLIGHT_MAX);
  }

  synchronized long served() {
    return kept.get(SERVED);
  }
}
