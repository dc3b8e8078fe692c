package dev.usher.cli.demo;

import dev.usher.cli.drill.Moment;
import dev.usher.cli.drill.Outcome;
import dev.usher.cli.drill.Promise;
import dev.usher.cli.drill.Promises;
import dev.usher.cli.drill.Report;
import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.crowd.Percentiles;
import dev.usher.cli.drill.crowd.Timing;
import dev.usher.cli.drill.http.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The same crowd without and with Usher, and a smaller one over HTTP/2.
 *
 * @param plan what was done
 * @param without straight to the pods
 * @param with through Usher
 * @param http2 through Usher too, over TLS and HTTP/2
 * @param bare the same crowd at a server that does nothing
 */
record Comparison(DemoPlan plan, Side without, Side with, Side http2, Outcome bare) {
  /** What Usher may add to the pod's own p99. */
  private static final double ADDED_MS = 2;

  /** The closing table. */
  String table() {
    StringBuilder out = new StringBuilder();
    row(out, "", "without Usher", "with Usher", "by HTTP/2");
    each(out, "visitors", side -> whole(arrived(side)));
    each(out, "got an answer", side -> whole(side.answered()));
    each(out, "connection errors", Comparison::connections);
    each(out, "answers 5xx", Comparison::serverErrors);
    each(out, "pods died", side -> whole(side.podsDied()));
    behind(out, "everyone holds a ticket after", side -> everyone(side.outcome()));
    behind(out, "ticket, p50 / p99", side -> times(side.outcome().of(Timing.TICKET)));
    row(out, "bare server, p50 / p99", "-", times(bare.of(Timing.FIRST_ANSWER)), "-");
    behind(out, "admitted so far", side -> whole(side.outcome().end().of(Count.ADMITTED)));
    behind(
        out, "sessions at most / capacity", side -> pair(side.sessionsMax(), side.capacityMax()));
    row(
        out,
        "in flight at most / cap, a pod",
        whole(without.inFlightMax()) + " / none",
        pair(with.inFlightMax(), plan.maxInFlightPerPod()),
        pair(http2.inFlightMax(), plan.maxInFlightPerPod()));
    behind(out, "admitted request p99", side -> millis(side.outcome().of(Timing.PAGE).p99()));
    behind(out, "  once the rush was over", side -> millis(admittedP99(side)));
    each(out, "  and the pods' own then", Comparison::own);
    out.append('\n');
    promises().forEach(p -> out.append("  ").append(p).append('\n'));
    return out.toString();
  }

  /** What was promised, and whether it was kept. */
  List<Promise> promises() {
    List<Promise> all = new ArrayList<>(Promises.of(with.outcome(), bare));
    all.add(
        new Promise(
            without.outOfMemory() > 0,
            "without Usher the pods truly die of OutOfMemoryError",
            whole(without.outOfMemory()) + " times"));
    all.add(
        new Promise(
            with.podsDied() == 0, "no pod dies behind Usher", whole(with.podsDied()) + " deaths"));
    all.add(
        new Promise(
            with.inFlightMax() <= plan.maxInFlightPerPod(),
            "no pod is given more at once than its cap",
            pair(with.inFlightMax(), plan.maxInFlightPerPod())));
    all.add(
        new Promise(
            with.outcome().end().of(Count.ADMITTED) > with.capacityMax(),
            "the line moves",
            whole(with.outcome().end().of(Count.ADMITTED)) + " admitted"));
    all.addAll(overHttp2());
    double added = admittedP99(with) - with.podP99();
    all.add(
        new Promise(
            with.podP99() > 0 && added <= ADDED_MS,
            false,
            "admitted p99 at most 2 ms above the pods' own",
            millis(added) + " above"));
    return all;
  }

  private List<Promise> overHttp2() {
    Moment end = http2.outcome().end();
    return List.of(
        new Promise(
            end.errors() == 0 && http2.podsDied() == 0,
            "by HTTP/2 nobody meets an error",
            whole(end.errors()) + " errors"),
        new Promise(
            end.of(Count.ADMITTED) > 0,
            "by HTTP/2 newcomers come in",
            whole(end.of(Count.ADMITTED)) + " admitted"));
  }

  /** Writes the table and the crowds' reports. */
  void write(Path dir) throws IOException {
    new Report(without.outcome(), bare).write(dir.resolve("without"));
    new Report(with.outcome(), bare).write(dir.resolve("with"));
    new Report(http2.outcome(), null).write(dir.resolve("http2"));
    Files.writeString(dir.resolve("comparison.txt"), table());
  }

  private static double admittedP99(Side side) {
    return side.outcome().of(Timing.PAGE_AFTER_RUSH).p99();
  }

  private static long arrived(Side side) {
    return side.outcome().end().of(Count.ARRIVED);
  }

  private static String connections(Side side) {
    return whole(side.outcome().end().connectionErrors());
  }

  private static String serverErrors(Side side) {
    return whole(side.outcome().end().troubles().getOrDefault(Trouble.SERVER_ERROR, 0L));
  }

  private static String everyone(Outcome outcome) {
    double after = outcome.everyoneHeldATicketAfter();
    return after < 0 ? "never" : String.format(Locale.ROOT, "%.1f s", after);
  }

  private static String own(Side side) {
    return side.podP99() < 0 ? "-" : millis(side.podP99());
  }

  private static String times(Percentiles t) {
    return String.format(Locale.ROOT, "%,.0f / %,.0f ms", t.p50(), t.p99());
  }

  private static String millis(double ms) {
    return String.format(Locale.ROOT, "%,.1f ms", ms);
  }

  private static String pair(long most, long limit) {
    return whole(most) + " / " + whole(limit);
  }

  private static String whole(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private void each(StringBuilder out, String what, Function<Side, String> cell) {
    row(out, what, cell.apply(without), cell.apply(with), cell.apply(http2));
  }

  /** Adds a row without a value for the crowd that met no line. */
  private void behind(StringBuilder out, String what, Function<Side, String> cell) {
    row(out, what, "-", cell.apply(with), cell.apply(http2));
  }

  private static void row(StringBuilder out, String what, String... cells) {
    out.append(String.format(Locale.ROOT, "  %-32s", what));
    for (String cell : cells) {
      out.append(String.format(Locale.ROOT, " %18s", cell));
    }
    out.append(System.lineSeparator());
  }
}
