package dev.usher.sim.report;

import dev.usher.sim.scenario.GateKind;
import dev.usher.sim.scenario.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the page of results and its charts. */
public final class ReportWriter {
  private static final long CHARTED_SEED = 1;

  private record Charted(String scenario, GateKind gate) {}

  private static final List<Charted> CHARTED =
      List.of(
          new Charted("crowd-warm", GateKind.USHER),
          new Charted("crowd-cold", GateKind.USHER),
          new Charted("crowd-cold", GateKind.NO_GATE),
          new Charted("crowd-cold", GateKind.CONCURRENCY),
          new Charted("pods-die", GateKind.USHER),
          new Charted("half-speed-deploy", GateKind.USHER));

  private ReportWriter() {}

  /**
   * Writes {@code RESULTS.md} and {@code charts/} into a folder. Returns whether all targets are
   * met.
   */
  public static boolean write(List<Results> results, int seeds, Path folder) throws IOException {
    Path charts = Files.createDirectories(folder.resolve("charts"));
    Map<String, String> written = new LinkedHashMap<>();
    for (Charted charted : CHARTED) {
      for (Results each : results) {
        if (each.scenario().name().equals(charted.scenario())
            && each.gate() == charted.gate()
            && each.seed() == CHARTED_SEED) {
          String title = each.gate().title() + ": " + each.scenario().says();
          String file =
              charted.scenario() + "-" + charted.gate().title().replace(' ', '-') + ".svg";
          Files.writeString(
              charts.resolve(file.toLowerCase(Locale.ROOT)),
              new RunChart(title, each.course()).svg());
          written.put(title, "charts/" + file.toLowerCase(Locale.ROOT));
        }
      }
    }
    Files.writeString(
        folder.resolve("RESULTS.md"), new ResultsPage(results, written, seeds).markdown());
    return results.stream().filter(r -> r.gate() == GateKind.USHER).allMatch(Results::isGood);
  }
}
