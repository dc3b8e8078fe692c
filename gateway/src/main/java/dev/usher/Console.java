package dev.usher;

import dev.usher.config.RefusedConfigException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** How commands speak: results to standard output, trouble to standard error. */
final class Console {
  /** Exit code for a configuration no gateway starts with; a wrong command line is 2. */
  static final int REFUSED = 1;

  private Console() {}

  static PrintWriter out(@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  /** Says every problem, and gives back the exit code. */
  static int refuse(@Nullable CommandSpec spec, RefusedConfigException refused) {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    refused.problems().forEach(err::println);
    return REFUSED;
  }
}
