package dev.usher.sim.report;

import dev.usher.sim.scenario.FigureTarget;
import dev.usher.sim.scenario.GateKind;
import dev.usher.sim.scenario.Metric;
import dev.usher.sim.scenario.Results;
import dev.usher.sim.scenario.Scenario;
import dev.usher.sim.scenario.Scenarios;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of results, in Markdown. Every number on it comes from the runs. */
final class ResultsPage {
  private static final List<Metric> COMPARED =
      List.of(
          Metric.SESSIONS_OVER,
          Metric.REQUESTS_OVER,
          Metric.ERRORS,
          Metric.LOST,
          Metric.PAGES,
          Metric.P99,
          Metric.ADMIT_ALL,
          Metric.CRASHES,
          Metric.POD_SECONDS);

  private final List<Results> results;
  private final Map<String, String> charts;
  private final int seeds;
  private final StringBuilder out = new StringBuilder();

  /**
   * A page.
   *
   * @param charts files by title
   */
  ResultsPage(List<Results> results, Map<String, String> charts, int seeds) {
    this.results = results;
    this.charts = charts;
    this.seeds = seeds;
  }

  String markdown() throws IOException {
    add("# Results of the simulator");
    add("");
    add(
        "Written by `java -jar perf/target/sim.jar report --seeds "
            + seeds
            + "`; any run is"
            + " repeated by `java -jar perf/target/sim.jar run SCENARIO --seed N`.");
    add("");
    targets();
    comparison();
    charts.forEach((title, file) -> add("![" + title + "](" + file + ")\n"));
    out.append(Method.text());
    return out.toString();
  }

  private void targets() {
    add("## Targets");
    add("");
    add("Seeds 1 to " + seeds + "; the worst seed decides.");
    add("");
    add("| scenario | figure | target | median | worst (seed) | |");
    add("|---|---|---|---|---|---|");
    List<Scenario> scenarios = Scenarios.all();
    for (Scenario scenario : scenarios) {
      List<Results> own = of(scenario.name(), GateKind.USHER);
      for (FigureTarget target : own.isEmpty() ? List.<FigureTarget>of() : scenario.targets()) {
        Verdict verdict = Verdict.of(target, own);
        add(row(scenario, verdict));
      }
    }
    add("");
    add("What happens in each:");
    add("");
    scenarios.forEach(scenario -> add("- **" + scenario.name() + "**: " + scenario.says() + "."));
    add("");
  }

  private static String row(Scenario scenario, Verdict verdict) {
    Metric metric = verdict.target().metric();
    String kept = verdict.kept() + " of " + verdict.runs();
    return String.join(
        " | ",
        "| " + scenario.name(),
        metric.label(),
        verdict.target().text(),
        metric.text(verdict.median()),
        metric.text(verdict.worst().of(metric)) + " (" + verdict.worst().seed() + ")",
        (verdict.isGood() ? "kept" : "**missed**, kept by " + kept) + " |");
  }

  private void comparison() {
    add("## Compared with other ways");
    add("");
    add("Medians over the same seeds: the same plants and the same visitors.");
    add("");
    for (String name : Scenarios.COMPARED) {
      add("### " + name + ": " + Scenarios.named(name).says());
      add("");
      List<String> heads = new ArrayList<>(List.of("gate"));
      COMPARED.forEach(metric -> heads.add(metric.label()));
      add("| " + String.join(" | ", heads) + " |");
      add("|---".repeat(heads.size()) + "|");
      for (GateKind gate : GateKind.values()) {
        List<Results> own = of(name, gate);
        if (!own.isEmpty()) {
          add(row(gate, own));
        }
      }
      add("");
    }
  }

  private static String row(GateKind gate, List<Results> own) {
    List<String> cells = new ArrayList<>(List.of(gate.title()));
    for (Metric metric : COMPARED) {
      double[] values = own.stream().mapToDouble(r -> r.of(metric)).sorted().toArray();
      cells.add(metric.text(Verdict.median(values)));
    }
    return "| " + String.join(" | ", cells) + " |";
  }

  private List<Results> of(String scenario, GateKind gate) {
    return results.stream()
        .filter(r -> r.scenario().name().equals(scenario) && r.gate() == gate)
        .toList();
  }

  private void add(String line) {
    out.append(line).append('\n');
  }
}
