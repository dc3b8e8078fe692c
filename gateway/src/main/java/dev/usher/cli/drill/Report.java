package dev.usher.cli.drill;

import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.crowd.Percentiles;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.crowd.Timing;
import dev.usher.cli.drill.http.Target;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report of a drill.
 *
 * @param crowd the outcome of the drill
 * @param bare the outcome of the same crowd at a bare server, or null
 */
public record Report(Outcome crowd, @Nullable Outcome bare) {
  /** What was promised to visitors, and whether it was kept. */
  public List<Promise> promises() {
    return Promises.of(crowd, bare);
  }

  /** The report as a table for people. */
  public String text() {
    StringBuilder out = new StringBuilder();
    Plan plan = crowd.plan();
    line(
        out,
        "%,d visitors within %s at %s%s",
        plan.visitors(),
        plan.within(),
        plan.targets(),
        plan.wire().http2() ? " by HTTP/2" : "");
    line(
        out,
        "seed %d, watched for %.1f s, the crowd itself took %.1f s of processor time",
        plan.seed(),
        crowd.end().seconds(),
        crowd.cpuSeconds());
    line(out, "");
    for (Map.Entry<Count, Long> e : crowd.end().counts().entrySet()) {
      line(out, "  %-22s %,12d", e.getKey().word(), e.getValue());
    }
    crowd.end().troubles().forEach((t, n) -> line(out, "  ! %-20s %,12d", t.word(), n));
    crowd.end().refusals().forEach((s, n) -> line(out, "  ! %-20s %,12d", "answers " + s, n));
    line(out, "");
    line(out, "  %-22s %12s %10s %10s %10s", "milliseconds", "count", "p50", "p99", "longest");
    times(out, "", crowd);
    if (bare != null) {
      times(out, "bare: ", bare);
      line(out, "  bare: the crowd itself took %.1f s of processor time", bare.cpuSeconds());
    }
    WaitsReport.lines(crowd.waits()).forEach(each -> line(out, "%s", each));
    line(out, "");
    promises().forEach(p -> line(out, "  %s", p));
    return out.toString();
  }

  private static void times(StringBuilder out, String prefix, Outcome outcome) {
    for (Map.Entry<Timing, Percentiles> e : outcome.times().entrySet()) {
      Percentiles t = e.getValue();
      if (t.count() > 0) {
        line(
            out,
            "  %-22s %,12d %,10.1f %,10.1f %,10.1f",
            prefix + e.getKey().word(),
            t.count(),
            t.p50(),
            t.p99(),
            t.max());
      }
    }
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  /** The report as JSON for programs. */
  JsonObject json() {
    JsonObject json = of(crowd);
    if (bare != null) {
      json.put("bare", of(bare));
    }
    JsonArray promises = new JsonArray();
    for (Promise p : promises()) {
      promises.add(
          new JsonObject().put("kept", p.kept()).put("promise", p.words()).put("seen", p.seen()));
    }
    return json.put("promises", promises);
  }

  private static JsonObject of(Outcome outcome) {
    Plan plan = outcome.plan();
    JsonObject times = new JsonObject();
    outcome
        .times()
        .forEach(
            (span, t) ->
                times.put(
                    key(span.word()),
                    new JsonObject()
                        .put("count", t.count())
                        .put("p50Ms", t.p50())
                        .put("p99Ms", t.p99())
                        .put("maxMs", t.max())));
    JsonArray course = new JsonArray();
    outcome.course().forEach(m -> course.add(of(m)));
    return of(outcome.end())
        .put("visitors", plan.visitors())
        .put("withinSeconds", plan.within().toNanos() / 1e9)
        .put("targets", new JsonArray(plan.targets().stream().map(Target::toString).toList()))
        .put("seed", plan.seed())
        .put("cpuSeconds", outcome.cpuSeconds())
        .put("times", times)
        .put("waits", WaitsReport.json(outcome.waits()))
        .put("course", course);
  }

  private static JsonObject of(Moment m) {
    JsonObject counts = new JsonObject();
    m.counts().forEach((c, n) -> counts.put(key(c.word()), n));
    JsonObject troubles = new JsonObject();
    m.troubles().forEach((t, n) -> troubles.put(key(t.word()), n));
    JsonObject json = new JsonObject().put("seconds", m.seconds());
    JsonObject refusals = new JsonObject();
    m.refusals().forEach((status, n) -> refusals.put(String.valueOf(status), n));
    json.put("counts", counts).put("troubles", troubles).put("refusals", refusals);
    OpsSample ops = m.ops();
    if (ops != null) {
      json.put("capacity", ops.capacity()).put("sessions", ops.sessions());
      json.put("readyPods", ops.readyPods());
    }
    return json;
  }

  private static String key(String words) {
    return words.replace(' ', '_');
  }

  /** Writes {@code report.txt}, {@code report.json}, {@code report.svg} and {@code pages.csv}. */
  public void write(Path dir) throws IOException {
    Files.createDirectories(dir);
    Files.writeString(dir.resolve("report.txt"), text());
    Files.writeString(dir.resolve("report.json"), json().encodePrettily() + "\n");
    Files.writeString(dir.resolve("report.svg"), new DrillChart(crowd).svg());
    List<String> pages = new ArrayList<>(List.of("asked_at_seconds,milliseconds"));
    crowd.pages().forEach(page -> pages.add(page.csv()));
    Files.write(dir.resolve("pages.csv"), pages);
  }
}
