package dev.usher.plan;

import dev.usher.provision.LeadTimes;
import dev.usher.provision.PlanWarning;
import dev.usher.provision.SalePlan;
import dev.usher.provision.SaleStage.Phase;
import dev.usher.sale.SaleTime;
import dev.usher.words.EnumWords;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plans as a table for people, in the clocks of each event's zone. */
public final class PlanTable {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private static final List<String> HEAD =
      List.of(
          "EVENT",
          "UPSTREAM",
          "PHASE",
          "PODS",
          "RAISE AT",
          "READY AT",
          "PREQUEUE AT",
          "OPENS AT",
          "POD-MINUTES");

  private static final String NONE = "-";

  private PlanTable() {}

  /** The table of the plans of these upstreams, followed by what explains and warns. */
  public static String of(List<Plans> all) {
    List<List<String>> rows = new ArrayList<>();
    StringBuilder notes = new StringBuilder();
    for (Plans upstream : all) {
      for (SalePlan plan : upstream.plans()) {
        rows.add(row(upstream.upstream(), plan));
        notes(plan, notes);
      }
      upstream.growths().forEach(growth -> notes.append(grown(upstream.upstream(), growth)));
    }
    return rows.isEmpty()
        ? "No events: no room has any under events.\n" + notes
        : aligned(rows) + notes;
  }

  private static List<String> row(String upstream, SalePlan plan) {
    SaleTime opensAt = plan.event().times().opensAt();
    SaleTime preQueueAt = plan.event().times().preQueueAt();
    ZoneId zone = opensAt.zone();
    return List.of(
        plan.event().key(),
        upstream,
        EnumWords.lower(plan.phase()),
        isOver(plan) ? NONE : plan.pods() == 0 ? "?" : String.valueOf(plan.pods()),
        local(plan.raiseAt(), zone),
        local(plan.readyAt(), zone),
        preQueueAt == null ? NONE : local(preQueueAt.millis(), zone),
        local(opensAt.millis(), zone) + " " + zone,
        isOver(plan) ? NONE : String.valueOf(plan.podMinutes()));
  }

  private static boolean isOver(SalePlan plan) {
    return plan.phase() == Phase.DONE;
  }

  private static String local(long millis, ZoneId zone) {
    if (millis == 0) {
      return NONE;
    }
    return DAY.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  private static void notes(SalePlan plan, StringBuilder notes) {
    SaleTime opensAt = plan.event().times().opensAt();
    if (isOver(plan)) {
      notes.append(
          String.format(
              Locale.ROOT,
              "%s: opened on %s %s: over\n",
              plan.event().key(),
              local(opensAt.millis(), opensAt.zone()),
              opensAt.zone()));
    }
    SalePlan.Terms terms = plan.terms();
    if (terms != null) {
      notes.append(
          String.format(
              Locale.ROOT,
              "%s: %d visitors within %.0f s, in sessions of %.0f s%s, are %.0f sessions at a time;"
                  + " a pod bears %.0f%s\n",
              plan.event().key(),
              terms.visitors(),
              terms.withinSeconds(),
              terms.sessionSeconds(),
              terms.assumed() ? " (assumed until sessions are measured)" : "",
              terms.visitors() / (1 + terms.withinSeconds() / terms.sessionSeconds()),
              terms.sessionsPerPod(),
              terms.trust() < 0.995
                  ? String.format(
                      Locale.ROOT, ", of which %.0f %% are believed", 100 * terms.trust())
                  : ""));
    }
    for (PlanWarning warning : plan.warnings()) {
      notes
          .append("warning: ")
          .append(plan.event().key())
          .append(": ")
          .append(warning.sentence())
          .append('\n');
    }
  }

  private static String grown(String upstream, LeadTimes.Growth growth) {
    return String.format(
        Locale.ROOT,
        "%s grew from %d to %d pods on %s: there after %s, ready after %s, warm after %s\n",
        upstream,
        growth.from(),
        growth.to(),
        PlanJson.instant(growth.askedAt()),
        seconds(growth.there()),
        seconds(growth.ready()),
        seconds(growth.warm()));
  }

  private static String seconds(long millis) {
    return millis == 0 ? "?" : (millis + 500) / 1000 + " s";
  }

  private static String aligned(List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(List.of(HEAD));
    all.addAll(rows);
    StringBuilder text = new StringBuilder();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = all.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(width - cell.length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
