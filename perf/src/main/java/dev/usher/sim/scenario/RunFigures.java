package dev.usher.sim.scenario;

import dev.usher.forecast.KeptWaits;
import dev.usher.sim.crowd.Course;
import dev.usher.sim.crowd.CrowdMoment;
import dev.usher.sim.crowd.Ledger;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.plant.Nature;
import dev.usher.sim.plant.PodCluster;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Computes the figures of a finished run. */
final class RunFigures {
  private static final double FULL = 0.9;
  private static final double MOVED_SECONDS = 10;

  private final Ledger ledger;
  private final Course course;
  private final PodCluster cluster;
  private final double opening;
  private final List<Ledger.Admission> admissions;
  private final Map<Metric, Double> all = new EnumMap<>(Metric.class);

  RunFigures(Ledger ledger, Course course, PodCluster cluster, double opening) {
    this.ledger = ledger;
    this.course = course;
    this.cluster = cluster;
    this.opening = opening;
    this.admissions = ledger.admissions();
  }

  Map<Metric, Double> all(Setup setup, boolean keepsALine, double pagesEarly) {
    all.put(Metric.SESSIONS_OVER, course.sessionsOver());
    all.put(Metric.REQUESTS_OVER, course.requestsOver());
    all.put(Metric.LOST, (double) ledger.lost());
    served();
    all.put(Metric.USE, course.use());
    all.put(Metric.USE_OF_ALL, course.useOfAll());
    if (!setup.replaced.isEmpty()) {
      all.put(Metric.CAPACITY_MOVED, capacityMoved(setup));
    }
    if (!Double.isNaN(setup.illFrom)) {
      illness(setup);
    }
    if (!Double.isNaN(setup.joinFrom)) {
      all.put(Metric.P99_JOINING, ledger.watchedSeconds(99));
      all.put(Metric.MET_COLD, cluster.firstVisits().coldest());
    }
    FigureBudget budget = FigureBudget.of(course.moments());
    all.put(Metric.USE_OF_BUDGET, budget.use());
    all.put(Metric.OVER_BUDGET, budget.most());
    all.put(Metric.P99, ledger.responseSeconds(99));
    all.put(Metric.PAGES, pagesEarly);
    all.put(Metric.REVERSALS, (double) course.reversals());
    all.put(Metric.CRASHES, (double) cluster.crashes());
    all.put(Metric.ASKED_AFTER_DEATH, cluster.askedAfterDeath());
    all.put(Metric.COLDEST, cluster.coldest());
    all.put(Metric.POD_SECONDS, course.podSeconds());
    all.put(
        Metric.MOST_PODS,
        (double) course.moments().stream().mapToInt(CrowdMoment::pods).max().orElse(0));
    all.put(Metric.TOO_HIGH, advised("DECLARED_TOO_HIGH"));
    all.put(Metric.TOO_LOW, advised("DECLARED_TOO_LOW"));
    errors();
    if (!admissions.isEmpty() && keepsALine) {
      admissions(setup);
    }
    return all;
  }

  private void served() {
    int stayed = ledger.arrived() - ledger.leftTheLine();
    all.put(Metric.SERVED, (double) ledger.served());
    all.put(Metric.SERVED_PERCENT, 100.0 * ledger.served() / Math.max(1, stayed));
    all.put(Metric.UNFINISHED, (double) (ledger.arrived() - ledger.settled()));
  }

  private double advised(String advice) {
    return course.moments().stream()
        .filter(moment -> moment.reading().advice().equals(advice))
        .count();
  }

  private void errors() {
    int errors = ledger.errors();
    int answered = ledger.ends(SimRequest.End.ANSWERED);
    all.put(Metric.ERRORS, (double) errors);
    all.put(Metric.REFUSED, (double) ledger.ends(SimRequest.End.REFUSED));
    all.put(Metric.TIMED_OUT, (double) ledger.ends(SimRequest.End.TIMED_OUT));
    all.put(Metric.PUT_OUT, (double) ledger.ends(SimRequest.End.PUT_OUT));
    all.put(Metric.FAILED_PERCENT, 100.0 * errors / Math.max(1, errors + answered));
    all.put(
        Metric.SAFE_FAILED, (double) (ledger.ends(SimRequest.End.FAILED) - ledger.unsafeFailed()));
  }

  private void admissions(Setup setup) {
    Nature nature = cluster.nature();
    double first = admissions.get(0).admittedAt() - opening;
    double last = admissions.get(admissions.size() - 1).admittedAt() - opening;
    all.put(Metric.FIRST_ADMITTED, first);
    if (ledger.atDoor() == 0) {
      all.put(Metric.ADMIT_ALL, last);
      Ideal ideal = new Ideal(nature, Course.spare(setup.pods) * setup.pods);
      double best = ideal.seconds(admissions.size());
      if (best > 0) {
        all.put(Metric.ADMIT_ALL_OVER, last / best);
        double paced = ideal.secondsWithFirstPages(admissions.size());
        all.put(Metric.ADMIT_ALL_OVER_PACED, last / paced);
      }
    }
    all.put(Metric.WAITED, waited());
    waits();
    all.put(Metric.FAIRNESS, fairness());
    all.put(Metric.ORDER, order());
    all.put(Metric.FULL_AFTER, fullAfter());
    all.put(Metric.STALL, stall(first));
    share(setup);
  }

  private void waits() {
    KeptWaits waits = ledger.waits();
    KeptWaits.Kept overall = waits.overall();
    if (overall == null) {
      return;
    }
    all.put(Metric.WAIT_HELD, 100 * overall.held());
    all.put(Metric.WAIT_HALVED, 100 * overall.halved());
    all.put(Metric.WAIT_WIDTH, 100 * overall.width());
    all.put(Metric.WAIT_TOO_LONG, 100 * overall.tooLong());
    all.put(Metric.WAIT_TOLD_AFTER, waits.toldAfter());
    waits
        .all()
        .forEach(
            (told, kept) -> {
              all.put(Metric.valueOf("WAIT_HELD_" + told.name()), 100 * kept.held());
              all.put(Metric.valueOf("WAIT_WIDTH_" + told.name()), 100 * kept.width());
            });
  }

  private double waited() {
    long waited = admissions.stream().filter(a -> a.admittedAt() - a.arrivedAt() > 1).count();
    return 100.0 * waited / admissions.size();
  }

  private double fairness() {
    double sum = 0;
    double squares = 0;
    for (Ledger.Admission each : admissions) {
      double wait = each.admittedAt() - each.arrivedAt();
      sum += wait;
      squares += wait * wait;
    }
    return squares == 0 ? 1 : sum * sum / (squares * admissions.size());
  }

  /**
   * Kendall's tau: 1 if all came in in the order in which they had arrived, -1 if in the reverse
   * order.
   */
  private double order() {
    int[] numbers = admissions.stream().mapToInt(Ledger.Admission::visitor).toArray();
    double pairs = numbers.length * (numbers.length - 1.0) / 2;
    return pairs == 0 ? 1 : 1 - 2 * Inversions.of(numbers) / pairs;
  }

  private void illness(Setup setup) {
    double before = capacityAt(setup.illFrom - 1);
    double least =
        course.moments().stream()
            .filter(at -> at.seconds() > setup.illFrom && at.seconds() < setup.illUntil)
            .mapToDouble(moment -> moment.reading().capacity())
            .min()
            .orElse(Double.NaN);
    all.put(Metric.ILL_KEPT, least / before);
    all.put(Metric.ILL_BACK, capacityAt(setup.illUntil + 60) / before);
  }

  private double capacityAt(double seconds) {
    return course.moments().stream()
        .filter(moment -> moment.seconds() >= seconds)
        .mapToDouble(moment -> moment.reading().capacity())
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The largest deviation of capacity from its value before a replica was replaced. */
  private double capacityMoved(Setup setup) {
    double worst = 0;
    for (double at : setup.replaced) {
      double before = Double.NaN;
      for (CrowdMoment moment : course.moments()) {
        double capacity = moment.reading().capacity();
        if (Double.isNaN(capacity)) {
          continue; // nobody leads
        }
        if (moment.seconds() < at) {
          before = capacity;
        } else if (moment.seconds() <= at + MOVED_SECONDS) {
          worst = Math.max(worst, 100 * Math.abs(capacity - before) / before);
        }
      }
    }
    return worst;
  }

  /** When the pods were first used as fully as allowed; NaN if they never were. */
  private double fullAfter() {
    for (CrowdMoment moment : course.moments()) {
      double sessions = moment.sessions() / moment.capacity();
      double requests = moment.offered() / Math.max(1, moment.bearable());
      if (Math.max(sessions, requests) >= FULL * Course.spare(moment.live())) {
        return moment.seconds();
      }
    }
    return Double.NaN;
  }

  /**
   * The longest time between two admissions during which people waited and half the room was free.
   */
  private double stall(double first) {
    double longest = first;
    int next = 0;
    double since = Double.NaN;
    for (CrowdMoment moment : course.moments()) {
      boolean admitted = false;
      while (next < admissions.size()
          && admissions.get(next).admittedAt() - opening <= moment.seconds()) {
        next++;
        admitted = true;
      }
      double free = moment.capacity() * Course.spare(moment.live()) / 2;
      boolean could = moment.reading().waiting() > 0 && moment.sessions() < free;
      if (admitted || !could) {
        since = moment.seconds();
      } else if (!Double.isNaN(since)) {
        longest = Math.max(longest, moment.seconds() - since);
      }
    }
    return longest;
  }

  private void share(Setup setup) {
    if (setup.weights.size() < 2) {
      return;
    }
    double from = opening + setup.crowds.stream().mapToDouble(c -> c.from()).max().orElse(0) + 10;
    double until = Double.POSITIVE_INFINITY;
    for (int room = 0; room < setup.weights.size(); room++) {
      int of = room;
      double last =
          admissions.stream()
              .filter(a -> a.room() == of)
              .mapToDouble(Ledger.Admission::admittedAt)
              .max()
              .orElse(0);
      until = Math.min(until, last);
    }
    double end = until;
    double both =
        admissions.stream().filter(a -> a.admittedAt() > from && a.admittedAt() < end).count();
    double ofFirst =
        admissions.stream()
            .filter(a -> a.admittedAt() > from && a.admittedAt() < end && a.room() == 0)
            .count();
    if (both > 0) {
      all.put(Metric.SHARE, ofFirst / both);
    }
  }
}
