package dev.usher.sim;

import dev.usher.sim.report.Suite;
import dev.usher.sim.scenario.FigureTarget;
import dev.usher.sim.scenario.GateKind;
import dev.usher.sim.scenario.Metric;
import dev.usher.sim.scenario.Results;
import dev.usher.sim.scenario.Scenario;
import dev.usher.sim.scenario.Scenarios;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one scenario and prints its results. */
@Command(
    name = "run",
    description = "Runs one scenario and prints its figures. Fails when a target is missed.",
    mixinStandardHelpOptions = true)
final class RunScenarioCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SCENARIO", description = "Its name; see the command list.")
  private String scenario = "";

  @Option(names = "--seed", description = "The seed; the same seed, the same run.")
  private long seed = 1;

  @Option(names = "--seeds", description = "Runs so many seeds, from this one on.")
  private int seeds = 1;

  @Option(names = "--threads", description = "Runs at a time; ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Option(names = "--gate", description = "Which gate: ${COMPLETION-CANDIDATES}.")
  private GateKind gate = GateKind.USHER;

  @Option(names = "--course", description = "Prints the run second by second too.")
  private boolean course;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = command.getOut();
    Scenario chosen = chosen(command);
    boolean good = true;
    for (Results results : new Suite(seeds, threads).one(chosen, gate, seed)) {
      print(out, results);
      good &= results.isGood();
    }
    return good ? 0 : 1;
  }

  private Scenario chosen(CommandLine command) {
    try {
      return Scenarios.named(scenario);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command, e.getMessage(), e);
    }
  }

  private void print(PrintWriter out, Results results) {
    out.printf(
        "%s, %s, seed %d (%,d events, hash %016x)%n",
        results.scenario().name(),
        results.gate().title(),
        results.seed(),
        results.events(),
        results.hash());
    for (FigureTarget target : results.scenario().targets()) {
      double value = results.of(target.metric());
      out.printf(
          "  %-6s %s: %s (%s)%n",
          target.isKeptBy(value) ? "kept" : "MISSED",
          target.metric().label(),
          target.metric().text(value),
          target.text());
    }
    for (Metric metric : Metric.values()) {
      if (results.scenario().targets().stream().noneMatch(t -> t.metric() == metric)) {
        out.printf("         %s: %s%n", metric.label(), metric.text(results.of(metric)));
      }
    }
    if (course) {
      results.course().forEach(moment -> out.println("  " + moment));
    }
    out.flush();
  }
}
