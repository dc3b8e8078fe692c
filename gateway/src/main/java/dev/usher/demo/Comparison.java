package dev.usher.demo;

import dev.usher.drill.Count;
import dev.usher.drill.Outcome;
import dev.usher.drill.Promise;
import dev.usher.drill.Promises;
import dev.usher.drill.Report;
import dev.usher.drill.Span;
import dev.usher.drill.Times;
import dev.usher.drill.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The same crowd without and with Usher.
 *
 * @param plan what was done
 * @param without straight at the pods
 * @param with through Usher
 * @param bare the same crowd at a server that does nothing
 */
record Comparison(DemoPlan plan, Side without, Side with, Outcome bare) {
  /** What Usher may add to the pod's own p99. */
  private static final double ADDED_MS = 2;

  /** The closing table. */
  String table() {
    StringBuilder out = new StringBuilder();
    row(out, "", "without Usher", "with Usher");
    row(out, "visitors", whole(arrived(without)), whole(arrived(with)));
    row(out, "got an answer", whole(without.answered()), whole(with.answered()));
    row(out, "connection errors", connections(without), connections(with));
    row(out, "answers 5xx", serverErrors(without), serverErrors(with));
    row(out, "pods died", whole(without.podsDied()), whole(with.podsDied()));
    row(out, "everyone holds a ticket after", "-", everyone(with.outcome()));
    row(out, "ticket, p50 / p99", "-", times(with.outcome().of(Span.TICKET)));
    row(out, "bare server, p50 / p99", "-", times(bare.of(Span.FIRST_ANSWER)));
    row(out, "admitted so far", "-", whole(with.outcome().end().of(Count.ADMITTED)));
    row(out, "sessions at most / capacity", "-", pair(with.sessionsMax(), with.capacityMax()));
    row(
        out,
        "in flight at most / cap, a pod",
        whole(without.inFlightMax()) + " / none",
        pair(with.inFlightMax(), plan.maxInFlightPerPod()));
    row(out, "admitted request p99", "-", millis(with.outcome().of(Span.PAGE).p99()));
    row(out, "  once the rush was over", "-", millis(admittedP99()));
    row(out, "  and the pods' own then", own(without), own(with));
    out.append('\n');
    promises().forEach(p -> out.append("  ").append(p).append('\n'));
    return out.toString();
  }

  /** What was promised, and whether it was so. */
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
    double added = admittedP99() - with.podP99();
    all.add(
        new Promise(
            with.podP99() > 0 && added <= ADDED_MS,
            false,
            "admitted p99 at most 2 ms above the pods' own",
            millis(added) + " above"));
    return all;
  }

  /** Writes the table and both crowds' reports. */
  void write(Path dir) throws IOException {
    new Report(without.outcome(), bare).write(dir.resolve("without"));
    new Report(with.outcome(), bare).write(dir.resolve("with"));
    Files.writeString(dir.resolve("comparison.txt"), table());
  }

  private double admittedP99() {
    return with.outcome().of(Span.PAGE_AFTER_RUSH).p99();
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

  private static String times(Times t) {
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

  private static void row(StringBuilder out, String what, String without, String with) {
    out.append(String.format(Locale.ROOT, "  %-32s %18s %18s%n", what, without, with));
  }
}
