package dev.usher.sim;

import dev.usher.sim.report.ReportWriter;
import dev.usher.sim.report.Suite;
import dev.usher.sim.scenario.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs all scenarios under many seeds and writes the results. */
@Command(
    name = "report",
    description = "Runs all scenarios and writes RESULTS.md and charts. Fails when one is missed.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--seeds", description = "Seeds of each scenario; ${DEFAULT-VALUE}.")
  private int seeds = 20;

  @Option(names = "--threads", description = "Runs at a time; ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Option(names = "--into", description = "Folder that is written to; ${DEFAULT-VALUE}.")
  private Path folder = Path.of("perf");

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<Results> results =
        new Suite(seeds, threads)
            .all(
                done -> {
                  out.println(done);
                  out.flush();
                });
    boolean good = ReportWriter.write(results, seeds, folder);
    out.println("written to " + folder.resolve("RESULTS.md"));
    return good ? 0 : 1;
  }
}
