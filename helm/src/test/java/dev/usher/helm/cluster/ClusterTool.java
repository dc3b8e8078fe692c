package dev.usher.helm.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Takes a cluster's API server away and brings it back, which only some clusters let one do. */
final class ClusterTool {
  private static final String PROGRAM = System.getProperty("usher.cluster.tool", "");

  private ClusterTool() {}

  /** Skips the test, loudly, where the cluster has no such program. */
  static void isNeeded() {
    if (PROGRAM.isBlank()) {
      System.out.println(
          "\n*** SKIPPED: usher.cluster.tool names no program that can take the API away ***\n");
      if (Boolean.getBoolean("usher.cluster.required")) {
        throw new AssertionError("usher.cluster.tool must name a program but is empty");
      }
      Assumptions.abort("usher.cluster.tool is empty");
    }
  }

  /** Runs it to its end. */
  static void call(String... arguments) {
    try {
      Process process = begin(arguments);
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", arguments) + " did not succeed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it, and does not wait. */
  static Process begin(String... arguments) {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          // What it starts lives on, and must not hold a pipe to us.
          .redirectOutput(Gateway.target("cluster-tool.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
