package dev.usher.sim;

import dev.usher.sim.faults.FaultSuite;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs fault schedules generated from seeds, and says whether every promise was kept. */
@Command(
    name = "faults",
    description = "Runs schedules of faults drawn from seeds. Fails when a promise is broken.",
    mixinStandardHelpOptions = true)
final class FaultsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--seeds", description = "How many schedules; ${DEFAULT-VALUE}.")
  private int seeds = 100;

  @Option(names = "--first", description = "The first seed; ${DEFAULT-VALUE}.")
  private long first = 1;

  @Option(names = "--replicas", description = "How many replicas; 0, as drawn: 1 to 4.")
  private int replicas;

  @Option(names = "--threads", description = "Runs at a time; ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    FaultSuite suite = FaultSuite.run(first, seeds, replicas, threads);
    out.print(suite.text());
    out.flush();
    return suite.isGood() ? 0 : 1;
  }
}
