package dev.usher.sim.scenario;

import dev.usher.sim.crowd.Course;
import dev.usher.sim.crowd.Crowds;
import dev.usher.sim.crowd.Ledger;
import dev.usher.sim.crowd.Scene;
import dev.usher.sim.gate.DeclaredBefore;
import dev.usher.sim.gate.FrontGate;
import dev.usher.sim.gate.Patience;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.Hpa;
import dev.usher.sim.plant.Nature;
import dev.usher.sim.plant.PodCluster;
import dev.usher.sim.rival.Aimd;
import dev.usher.sim.rival.FixedRate;
import dev.usher.sim.rival.Gradient;
import dev.usher.sim.rival.HoldUntilReady;
import dev.usher.sim.rival.LatencyLimit;
import dev.usher.sim.rival.Open;
import dev.usher.sim.rival.PodConcurrency;
import dev.usher.sim.time.Chance;
import dev.usher.sim.time.Journal;
import dev.usher.sim.time.Timeline;
import dev.usher.sim.usher.SimSale;
import dev.usher.sim.usher.UsherGate;
import dev.usher.sim.usher.UsherOptions;
import org.jspecify.annotations.Nullable;

/** One run of a scenario with one gate under one seed. */
public final class Run {
  /**
   * How long after the start of the run the doors open, when everything that is ready has been
   * found.
   */
  private static final double OPENING = 5;

  /** How long the run is observed after the last visitor is in. */
  private static final double AFTERWARDS = 60;

  /** The shortest run, so that gates can be compared by what they did until then. */
  private static final double SHORTEST = 301;

  private static final double TYPED_RATE = 25;

  private final Scenario scenario;
  private final Setup setup;
  private final GateKind kind;
  private final long seed;
  private final Timeline timeline = new Timeline();
  private final Journal journal;
  private final Nature nature;
  private final DeclaredBefore declared;
  private final PodCluster cluster;
  private final FrontGate gate;
  private final Ledger ledger;
  private final Course course;
  private final int visitors;
  private double pagesEarly = Double.NaN;

  private Run(Scenario scenario, GateKind kind, long seed) {
    this.scenario = scenario;
    this.setup = scenario.setup();
    this.kind = kind;
    this.seed = seed;
    Chance chance = new Chance(seed);
    this.journal = new Journal(seed, timeline);
    Nature told = setup.middle.apply(Nature.middle(UsherGate.idleTailSeconds()));
    Nature varied = told.variedBy(chance.of("nature"));
    this.nature = setup.truth.apply(varied);
    this.declared = DeclaredBefore.of(varied, setup.declaredWrongBy);
    this.cluster = new PodCluster(nature, timeline, journal, chance.of("cluster"));
    cluster.addReady(setup.pods, setup.warm);
    this.gate = gate(new World(timeline, cluster, journal, chance.of("gate")));
    this.ledger = new Ledger();
    if (!Double.isNaN(setup.joinFrom)) {
      ledger.watch(OPENING + setup.joinFrom, OPENING + setup.joinFrom + Setup.JOIN_SECONDS);
    }
    Scene scene =
        new Scene(timeline, gate, nature, new Patience(timeline), setup.habits, journal, ledger);
    this.course = new Course(scene, cluster, OPENING);
    this.visitors = setup.crowds.stream().mapToInt(crowd -> crowd.visitors()).sum();
    Crowds.send(scene, setup.crowds, OPENING, chance.of("crowd"));
    plan(chance.of("mishaps"));
  }

  /** Runs it from beginning to end. */
  public static Results of(Scenario scenario, GateKind kind, long seed) {
    return new Run(scenario, kind, seed).results();
  }

  private FrontGate gate(World world) {
    return switch (kind) {
      case USHER ->
          new UsherGate(
              world,
              new UsherOptions(
                  declared,
                  setup.weights,
                  setup.proven,
                  setup.learnUpTo,
                  setup.replicas,
                  setup.listed,
                  told(setup.sale),
                  setup.calls));
      case NO_GATE -> new Open(world);
      case HOLD -> new HoldUntilReady(world);
      case CONCURRENCY -> new PodConcurrency(world);
      case FIXED_RATE -> new FixedRate(world, TYPED_RATE);
      case AIMD -> new LatencyLimit(world, new Aimd());
      case GRADIENT -> new LatencyLimit(world, new Gradient());
    };
  }

  private static @Nullable SimSale told(@Nullable SimSale sale) {
    return sale == null
        ? null
        : new SimSale(
            OPENING + sale.gathersFrom(), OPENING + sale.opensAt(), sale.visitors(), sale.within());
  }

  private void plan(Chance chance) {
    Mishap.Site site =
        new Mishap.Site(cluster, gate instanceof UsherGate usher ? usher : null, chance);
    for (Mishap mishap : setup.mishaps) {
      timeline.after(OPENING + mishap.at(), () -> mishap.strikes().accept(site));
    }
    timeline.after(OPENING + 300, () -> pagesEarly = ledger.pages());
    if (setup.podsMax <= setup.pods) {
      return;
    }
    if (kind == GateKind.CONCURRENCY) {
      timeline.every(2, 2, this::scaleByRequests);
    } else {
      cluster.scaleBy(new Hpa(setup.pods, setup.podsMax), this::wantedPods);
    }
  }

  private void scaleByRequests() {
    int wanted = Math.min(setup.podsMax, gate.reading().wantedPods());
    if (wanted > cluster.count()) {
      cluster.scaleTo(wanted);
    }
  }

  private int wantedPods() {
    if (kind != GateKind.USHER) {
      return 0;
    }
    if (setup.byNumber && gate instanceof UsherGate usher) {
      return usher.desiredPods();
    }
    Reading reading = gate.reading();
    return new ScaleOut(declared, nature.holdSeconds())
        .pods(ledger.inside(), reading.waiting(), cluster.live().size());
  }

  private Results results() {
    double end = OPENING + setup.lasts;
    while (timeline.seconds() < end && timeline.step(end)) {
      journal.check();
      if (ledger.arrived() == visitors) {
        end = Math.min(end, soonestEnd());
      }
    }
    journal.check();
    RunFigures figures = new RunFigures(ledger, course, cluster, OPENING);
    return new Results(
        scenario,
        kind,
        seed,
        figures.all(setup, kind.keepsALine(), pagesEarly),
        course.moments(),
        journal.hash(),
        journal.count());
  }

  private double soonestEnd() {
    boolean over = ledger.settled() == visitors || (kind.keepsALine() && ledger.atDoor() == 0);
    return over
        ? Math.max(OPENING + SHORTEST, timeline.seconds() + AFTERWARDS)
        : Double.POSITIVE_INFINITY;
  }
}
