package dev.usher.cli.demo;

import dev.usher.cli.drill.LeanJvm;
import dev.usher.cli.drill.Promise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code usher demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a flash crowd killing two real pods, and the same crowd through Usher; after it a"
          + " smaller one comes to the same pods as browsers do, by HTTP/2.",
      "Exit code 0: every promise was kept; 1: one was broken; 2: it could not run."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class DemoCommand implements Callable<Integer> {
  /** The crowd of a brief demo is smaller, but still more than the pods can bear. */
  private static final int BRIEF_VISITORS = 5_000;

  private static final int VISITORS = 15_000;

  @Spec private CommandSpec spec;

  @Option(names = "--short", description = "a smaller crowd, about a minute, then ends: for CI")
  private boolean brief;

  @Option(
      names = "--visitors",
      description = "how many come within one second; default: 15000, with --short 5000")
  private @Nullable Integer visitors;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "where visitors come in; default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--ops-port",
      defaultValue = "9090",
      description = "where operators come in; default: ${DEFAULT-VALUE}")
  private int opsPort;

  @Option(
      names = "--pod-port",
      defaultValue = "8081",
      description = "the first pod's; the second takes the next; default: ${DEFAULT-VALUE}")
  private int podPort;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "write the crowds' reports below this folder")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ports ports = new Ports(port, opsPort, podPort);
    DemoPlan plan =
        brief
            ? DemoPlan.brief(visitors == null ? BRIEF_VISITORS : visitors, seed)
            : DemoPlan.full(visitors == null ? VISITORS : visitors, seed);
    if (!LeanJvm.isThisOne()) {
      mustBeFree(ports);
      return LeanJvm.run(spec);
    }
    PrintWriter screen = spec.commandLine().getOut();
    try (Stage stage = Stage.open(plan, ports, new LiveView(screen, LeanJvm.onTerminal()))) {
      return run(stage, screen);
    }
  }

  private int run(Stage stage, PrintWriter screen) throws IOException, InterruptedException {
    Comparison result;
    try {
      result = stage.demo().compare();
    } catch (IllegalStateException e) {
      screen.println(e.getMessage());
      stage.keepFiles(screen);
      return CommandLine.ExitCode.USAGE;
    }
    screen.println(result.table());
    screen.flush();
    if (out != null) {
      result.write(out);
    }
    boolean kept = result.promises().stream().noneMatch(Promise::isBroken);
    if (!kept) {
      stage.keepFiles(screen);
    }
    if (!brief) {
      stage.demo().stayUp();
    }
    return kept ? 0 : 1;
  }

  private void mustBeFree(Ports ports) {
    try {
      ports.mustBeFree();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
