package dev.usher.demo;

import dev.usher.drill.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Usher itself, in a JVM of its own, as an operator would start it. */
final class UsherChild implements AutoCloseable {
  /** How its line begins once it listens and knows which pods are ready. */
  private static final String LISTENING = "Usher listens on ";

  private static final Duration START_MAX = Duration.ofSeconds(20);

  private static final List<String> JVM =
      List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Above the longest pause of a visitor, and short, as those who just go keep a place so long. */
  private static final String SESSION_TIMEOUT = "15s";

  private final ChildJvm child;

  private UsherChild(ChildJvm child) {
    this.child = child;
  }

  /** Starts it in front of the pods, and waits until it listens. */
  static UsherChild start(DemoPlan plan, Ports ports, Site site, Path dir)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("dev.usher.Main", "run"));
    for (String url : site.urls()) {
      command.addAll(List.of("--upstream", url));
    }
    command.addAll(
        List.of(
            "--sessions-per-pod",
            String.valueOf(plan.sessionsPerPod()),
            "--max-in-flight-per-pod",
            String.valueOf(plan.maxInFlightPerPod()),
            "--session-timeout",
            SESSION_TIMEOUT,
            "--port",
            String.valueOf(ports.visitors()),
            "--ops-port",
            String.valueOf(ports.ops())));
    ChildJvm child = ChildJvm.start("usher", dir, JVM, command);
    try {
      String unused = child.awaitLine(LISTENING, START_MAX);
      return new UsherChild(child);
    } catch (IllegalStateException e) {
      child.close();
      throw e;
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
