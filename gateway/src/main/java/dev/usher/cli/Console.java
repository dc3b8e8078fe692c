package dev.usher.cli;

import dev.usher.config.GatewayConfig;
import dev.usher.config.schema.RefusedConfigException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The output of commands: results go to standard output, trouble to standard error. */
final class Console {
  /**
   * Exit code for a configuration that no gateway starts with, or a port that is taken; a wrong
   * command line is 2.
   */
  static final int REFUSED = 1;

  /** Said where Kubernetes is to be asked about nothing. */
  static final String NOT_ASKED =
      "note: no upstream names a Service under kubernetes, so Kubernetes was not asked";

  private Console() {}

  /** Whether an upstream's pods are those of a Service. */
  static boolean followsServices(GatewayConfig config) {
    return config.upstreams().stream().anyMatch(each -> each.kubernetes() != null);
  }

  static PrintWriter out(@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  static PrintWriter err(@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  /** Prints every problem, and returns the exit code. */
  static int refuse(@Nullable CommandSpec spec, RefusedConfigException refused) {
    refused.problems().forEach(err(spec)::println);
    return REFUSED;
  }
}
