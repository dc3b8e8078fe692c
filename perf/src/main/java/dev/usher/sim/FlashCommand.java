package dev.usher.sim;

import dev.usher.sim.report.FlashTable;
import dev.usher.sim.report.Suite;
import dev.usher.sim.scenario.FlashCrowd;
import dev.usher.sim.scenario.ScaleWay;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends one crowd to each way to have pods, and prints what became of it. */
@Command(
    name = "flash",
    description =
        "The same crowd with an HPA alone, with Usher, with its signal and with its schedule."
            + " Fails when a target is missed.",
    mixinStandardHelpOptions = true)
final class FlashCommand implements Callable<Integer> {
  /** Half an hour: after that a visitor who still waits is not served. */
  private static final double WATCHED = 1800;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--visitors", description = "How many come; ${DEFAULT-VALUE}.")
  private int visitors = 15_000;

  @Option(names = "--over", description = "Seconds within which they come; ${DEFAULT-VALUE}.")
  private double over = 1;

  @Option(names = "--pods", description = "Most pods there may be; ${DEFAULT-VALUE}.")
  private int pods = 30;

  @Option(names = "--start", split = ",", description = "Seconds until a pod is ready.")
  private List<Double> starts = List.of(40.0, 90.0, 180.0);

  @Option(
      names = "--ways",
      split = ",",
      description =
          "Ways to have pods, compared with an HPA alone: ${COMPLETION-CANDIDATES}; all of them.")
  private Set<ScaleWay> ways = EnumSet.allOf(ScaleWay.class);

  @Option(names = "--seeds", description = "Runs of each, with seeds from 1; ${DEFAULT-VALUE}.")
  private int seeds = 3;

  @Option(names = "--threads", description = "Runs at a time; ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    FlashTable table = new FlashTable();
    out.print(FlashTable.head());
    for (double start : starts) {
      FlashCrowd crowd = new FlashCrowd(visitors, pods, start, over, WATCHED);
      Set<ScaleWay> compared = EnumSet.copyOf(ways);
      compared.add(ScaleWay.HPA);
      for (ScaleWay way : compared) {
        Suite suite = new Suite(seeds, threads);
        out.print(table.row(crowd, way, suite.one(crowd.by(way), way.gate(), 1)));
        out.flush();
      }
    }
    return table.isGood() ? 0 : 1;
  }
}
