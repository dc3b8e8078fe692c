package dev.usher.sim;

import dev.usher.sim.scenario.FigureTarget;
import dev.usher.sim.scenario.Scenario;
import dev.usher.sim.scenario.Scenarios;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the scenarios. */
@Command(
    name = "list",
    description = "Lists the scenarios and what must hold in them.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    for (Scenario scenario : Scenarios.all()) {
      out.printf("%-18s %s%n", scenario.name(), scenario.says());
      for (FigureTarget target : scenario.targets()) {
        out.printf("%18s   %s: %s%n", "", target.metric().label(), target.text());
      }
    }
    out.flush();
    return 0;
  }
}
