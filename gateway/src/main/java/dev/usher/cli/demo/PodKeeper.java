package dev.usher.cli.demo;

import dev.usher.cli.drill.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keeper of one pod: restarts it whenever it dies, as a cluster would. */
final class PodKeeper implements AutoCloseable {
  private static final List<String> JVM =
      List.of(
          "-Xmx60m",
          "-Xss256k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError");

  /** Exit code of a JVM that was told to exit on OutOfMemoryError. */
  private static final int OUT_OF_MEMORY = 3;

  private final String name;
  private final Path dir;
  private final List<String> command;
  private final FlightRecorder recorder;
  private @Nullable ChildJvm pod;
  private int deaths;
  private int outOfMemory;
  private long inFlightMax;
  private boolean closed;

  PodKeeper(int port, ShopTimes times, Path dir, String control) {
    this.name = "pod-" + port;
    this.dir = dir;
    Path file = dir.resolve(name + ".counts");
    this.recorder = FlightRecorder.open(file);
    this.command =
        List.of(
            Shop.class.getName(),
            String.valueOf(port),
            String.valueOf(times.coldStart().toMillis()),
            file.toString(),
            control,
            String.valueOf(times.database().toMillis()));
  }

  String name() {
    return name;
  }

  /** Starts the pod, or restarts it with all counts at zero. */
  synchronized void start() {
    ChildJvm old = pod;
    pod = null;
    if (old != null) {
      old.close();
    }
    deaths = 0;
    outOfMemory = 0;
    inFlightMax = 0;
    launch();
  }

  synchronized boolean isReady() {
    return pod != null && pod.alive() && recorder.isReady();
  }

  synchronized int deaths() {
    return deaths;
  }

  /** How many of its deaths were by OutOfMemoryError. */
  synchronized int outOfMemory() {
    return outOfMemory;
  }

  /** Most requests at once in any of its lives, as the pod itself counted. */
  synchronized long inFlightMax() {
    return Math.max(inFlightMax, recorder.inFlightMax());
  }

  synchronized long inFlight() {
    return isReady() ? recorder.inFlight() : 0;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pod != null) {
      pod.close();
    }
  }

  private void launch() {
    recorder.clear();
    try {
      ChildJvm started = ChildJvm.start(name, dir, JVM, command);
      pod = started;
      var unused = started.ended().thenAccept(exit -> died(started, exit));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void died(ChildJvm which, int exit) {
    if (which == pod && !closed) {
      deaths++;
      outOfMemory += exit == OUT_OF_MEMORY ? 1 : 0;
      inFlightMax = inFlightMax();
      launch();
    }
  }
}
