package dev.usher.cli.demo;

import dev.usher.cli.drill.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Usher itself, in a JVM of its own, as an operator would start it. */
final class UsherChild implements AutoCloseable {
  /** Beginning of the line that it prints once it listens and knows which pods are ready. */
  private static final String LISTENING = "Usher listens on ";

  private static final Duration START_MAX = Duration.ofSeconds(20);

  private static final List<String> JVM =
      List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /**
   * Longer than a visitor's longest pause, but short, because visitors who just leave keep a place
   * for so long.
   */
  private static final String SESSION_TIMEOUT = "15s";

  /**
   * A pod's database alone would answer twice as many; the pod's sessions ask for a quarter of it.
   */
  private static final int REQUESTS_PER_SECOND = 200;

  private final ChildJvm child;

  private UsherChild(ChildJvm child) {
    this.child = child;
  }

  /** Starts Usher in front of the pods, and waits until it listens. */
  static UsherChild start(DemoPlan plan, DemoDoor door, Site site, Path dir)
      throws IOException, InterruptedException {
    Path file = dir.resolve("gateway.yaml");
    Files.writeString(file, configuration(plan, door, site.urls()));
    ChildJvm child =
        ChildJvm.start(
            "usher", dir, JVM, List.of("dev.usher.cli.Main", "run", "--config", file.toString()));
    try {
      String unused = child.awaitLine(LISTENING, START_MAX);
      return new UsherChild(child);
    } catch (IllegalStateException e) {
      child.close();
      throw e;
    }
  }

  /** What an operator would write after testing these pods under load. */
  static String configuration(DemoPlan plan, DemoDoor door, List<String> pods) {
    return """
    # The pods warm up before they are ready, so they are trusted at once: warmUp, startAt.
    # For the loss of one of two, four tenths would be left free; here only one is.
    %s
    ops: {port: %d}
    upstreams:
      shop:
        pods: %s
        sessionsPerPod: %d
        requestsPerSecondPerPod: %d
        maxInFlightPerPod: %d
        admission: {warmUp: 0s, startAt: 1, surviveLossOf: 0}
    rooms:
      main: {session: {timeout: %s}, joinsPerAddress: 0}
    """
        .formatted(
            door.listen(),
            door.ports().ops(),
            pods,
            plan.sessionsPerPod(),
            REQUESTS_PER_SECOND,
            plan.maxInFlightPerPod(),
            SESSION_TIMEOUT);
  }

  @Override
  public void close() {
    child.close();
  }
}
