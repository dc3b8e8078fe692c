package dev.usher.cli.drill;

import java.io.Console;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs a command in a JVM made for a crowd. A crowd lives for seconds, on cores that it shares with
 * what it tests: the optimising compiler alone took as much of them as all sockets together.
 */
public final class LeanJvm {
  private static final List<String> FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmn300m", "-Xmx900m");

  /** Tells the command in the new JVM that its output goes to a terminal. */
  private static final String TERMINAL = "usher.terminal";

  private static final long ORDERLY_SECONDS = 20;

  private LeanJvm() {}

  /** Whether this JVM is such a one. */
  public static boolean isThisOne() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().containsAll(FLAGS);
  }

  /** Whether the output of this process goes to a terminal. */
  public static boolean onTerminal() {
    return Boolean.getBoolean(TERMINAL) || isTerminal(System.console());
  }

  /**
   * Since JDK 22 there is always a console, and it must be asked with a method that JDK 17 lacks.
   */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderJdk) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Runs the command line of {@code spec} in such a JVM, and returns its exit code. */
  public static int run(CommandSpec spec) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Properties and module flags are passed on. Heap and collector are not, because a JVM takes
    // only one collector.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-D") || argument.startsWith("--"))
        .forEach(line::add);
    line.addAll(FLAGS);
    line.add("-D" + TERMINAL + "=" + onTerminal());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), ParentWatch.class.getName()));
    line.add("dev.usher.cli.Main");
    line.addAll(spec.root().commandLine().getParseResult().originalArgs());
    Process process =
        new ProcessBuilder(line)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
    return process.waitFor();
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(ORDERLY_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
