package dev.usher.sim.report;

import dev.usher.sim.scenario.FlashCrowd;
import dev.usher.sim.scenario.Metric;
import dev.usher.sim.scenario.Results;
import dev.usher.sim.scenario.ScaleWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What became of the same crowd with each way to have pods: a table in Markdown. */
public final class FlashTable {
  /** By how much more than the autoscaler alone Usher must serve. */
  public static final double TIMES = 4;

  private static final double MINUTE = 60;

  private final List<Results> alone = new ArrayList<>();
  private boolean good = true;

  /** The head of the table. */
  public static String head() {
    return """
    | pods start in | | served | of those who stayed, % | lost | not done | errors \
    | all in after, s | dead pods | most pods | pod-minutes |
    |---|---|---|---|---|---|---|---|---|---|---|
    """;
  }

  /** The row of one way. The autoscaler alone must come first: the others are compared with it. */
  public String row(FlashCrowd crowd, ScaleWay way, List<Results> runs) {
    if (way == ScaleWay.HPA) {
      alone.clear();
      alone.addAll(runs);
    }
    for (int i = 0; i < runs.size(); i++) {
      good &= runs.get(i).isGood() && servesMore(way, runs.get(i), alone.get(i));
    }
    return String.format(
        Locale.ROOT,
        "| %.0f s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
        crowd.startSeconds(),
        way.title(),
        range(runs, 0, run -> run.of(Metric.SERVED)),
        range(runs, 1, run -> run.of(Metric.SERVED_PERCENT)),
        range(runs, 0, run -> run.of(Metric.LOST)),
        range(runs, 0, run -> run.of(Metric.UNFINISHED)),
        range(runs, 0, run -> run.of(Metric.ERRORS)),
        range(runs, 0, run -> run.of(Metric.ADMIT_ALL) - FlashCrowd.OPENS),
        range(runs, 0, run -> run.of(Metric.CRASHES)),
        range(runs, 0, run -> run.of(Metric.MOST_PODS)),
        range(runs, 0, run -> run.of(Metric.POD_SECONDS) / MINUTE));
  }

  /** Whether a way that is to serve everybody serves so many more than the autoscaler alone. */
  public static boolean servesMore(ScaleWay way, Results run, Results alone) {
    return !way.servesAll() || run.of(Metric.SERVED) >= TIMES * alone.of(Metric.SERVED);
  }

  /** Whether everything held, in every run so far. */
  public boolean isGood() {
    return good;
  }

  private static String range(List<Results> runs, int digits, ToDoubleFunction<Results> figure) {
    double least = runs.stream().mapToDouble(figure).min().orElse(Double.NaN);
    double most = runs.stream().mapToDouble(figure).max().orElse(Double.NaN);
    if (Double.isNaN(least + most)) {
      return "-";
    }
    String from = String.format(Locale.ROOT, "%,." + digits + "f", least);
    String to = String.format(Locale.ROOT, "%,." + digits + "f", most);
    return from.equals(to) ? from : from + " to " + to;
  }
}
