package dev.usher.sim.faults;

import dev.usher.sim.gate.DeclaredBefore;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.Nature;
import dev.usher.sim.plant.PodCluster;
import dev.usher.sim.time.Chance;
import dev.usher.sim.time.Journal;
import dev.usher.sim.time.Timeline;
import dev.usher.sim.usher.ReplicaFleet;
import dev.usher.sim.usher.UsherOptions;
import dev.usher.sim.usher.UsherOptions.ReplicaOptions;
import dev.usher.sim.usher.Weather;
import java.util.ArrayList;
import java.util.List;

/** One run of the product through one schedule of faults, both generated from a seed. */
final class FaultRun {
  private static final double OPENING = 3;
  private static final double SKEW_MILLIS = 30_000;

  /** The longest time from the last fault until admissions resume: a presence window and 3 s. */
  private static final double RESUMED_SECONDS = 63;

  /** The same if nobody remembers: sessions that nobody knows about must have expired. */
  private static final double RESUMED_FORGOTTEN_SECONDS = 72;

  private static final double SESSIONS_PER_POD = 30;
  private static final double VISITORS_PER_POD_SECOND = 1.6;

  private final long seed;
  private final Chance chance;
  private final Timeline timeline = new Timeline();
  private final Journal journal;
  private final Schedule schedule;
  private final World world;
  private final Weather weather;
  private final Sessions sessions;
  private final Memories memories;
  private final ReplicaFleet fleet;
  private final Epochs epochs;
  private final Street street;
  private final int visitors;

  private FaultRun(long seed, int replicasWanted) {
    this.seed = seed;
    this.chance = new Chance(seed).of("faults");
    this.journal = new Journal(seed, timeline);
    int replicas = replicasWanted > 0 ? replicasWanted : 1 + chance.below(4);
    int pods = 2 + chance.below(3);
    int cap = 3 + chance.below(5);
    this.schedule = Schedule.drawn(chance.of("schedule"), replicas);
    journal.plan("The faults, with " + replicas + " replicas:\n" + schedule);
    Nature nature = new Nature(0.2, 10, 500, 0.5, 1, 4, 1.5, 0.1, 76, 0, 0);
    PodCluster cluster = new PodCluster(nature, timeline, journal, chance.of("cluster"));
    cluster.addReady(pods, true);
    this.world = new World(timeline, cluster, journal, chance.of("world"));
    this.weather = new Weather(timeline, replicas);
    this.sessions = new Sessions(world, cap);
    DeclaredBefore declared = new DeclaredBefore((int) SESSIONS_PER_POD, 10, cap, 0.2);
    this.fleet =
        new ReplicaFleet(
            world,
            new UsherOptions(declared, List.of(1), true, 1, skewed(replicas)),
            weather,
            sessions);
    this.memories = new Memories(world, fleet, weather);
    this.epochs = new Epochs(world, fleet, weather);
    PromiseWitness witness = new PromiseWitness(world, weather, memories, sessions);
    this.street = new Street(world, fleet, witness, nature.serviceSeconds());
    double busy = schedule.end() + 20;
    this.visitors = (int) Math.min(2000, Math.max(300, VISITORS_PER_POD_SECOND * pods * busy));
    Chance times = chance.of("times");
    for (int i = 0; i < visitors; i++) {
      double at = times.happens(0.5) ? times.between(0, 5) : times.between(0, busy);
      timeline.after(OPENING + at, new Person(street, i)::arrive);
    }
    schedule.faults().forEach(fault -> timeline.after(fault.at(), () -> strike(fault)));
    timeline.after(schedule.end(), street::measure);
  }

  private List<ReplicaOptions> skewed(int replicas) {
    Chance skew = chance.of("skew");
    List<ReplicaOptions> all = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      all.add(ReplicaOptions.ahead(Math.round(skew.between(-SKEW_MILLIS, SKEW_MILLIS))));
    }
    return all;
  }

  /**
   * Runs a seed from beginning to end.
   *
   * @param replicas how many; 0 to choose at random
   */
  static FaultOutcome of(long seed, int replicas) {
    return new FaultRun(seed, replicas).outcome();
  }

  private void strike(Fault fault) {
    journal.note(fault.kind().name(), fault.seat(), Math.round(fault.lasts() * 1000));
    switch (fault.kind()) {
      case STORE_SILENT, SILENT_FOR_ONE -> during(fault, Weather.Kind.SILENCE);
      case STORE_REFUSES, REFUSES_ONE -> during(fault, Weather.Kind.REFUSAL);
      case ANSWERS_LOST -> during(fault, Weather.Kind.ANSWERS_LOST);
      case SLOW -> during(fault, Weather.Kind.DELAY);
      case STORE_EMPTY -> {
        during(fault, Weather.Kind.REFUSAL);
        lose();
      }
      case FLUSHED -> lose();
      case STORE_BEHIND -> {
        Runnable back = fleet.snapshot();
        after(
            fault.howMuch(),
            () -> {
              during(fault, Weather.Kind.REFUSAL);
              after(
                  fault.lasts(),
                  () -> {
                    forgets(fault.at());
                    back.run();
                  });
            });
      }
      case KILLED -> {
        fleet.kill(fault.seat());
        if (!Double.isInfinite(fault.lasts())) {
          after(fault.lasts(), () -> fleet.start(fault.seat()));
        }
      }
      case INGRESS_CUT -> cut(fault);
      case STOPPED -> after(fault.lasts(), fleet.stop(fault.seat()));
      case ALL_LOST -> allLost(fault);
    }
  }

  private void cut(Fault fault) {
    street.ingress().begin(fault);
    weather.cutOff();
    after(
        fault.lasts(),
        () -> {
          street.ingress().end(fault);
          weather.letThrough();
        });
  }

  private void allLost(Fault fault) {
    for (int seat = 0; seat < fleet.size(); seat++) {
      int here = seat;
      fleet.kill(seat);
      after(fault.lasts(), () -> fleet.start(here));
    }
    lose();
  }

  private void lose() {
    forgets(Double.NEGATIVE_INFINITY);
    fleet.loseStore();
  }

  private void forgets(double kept) {
    sessions.storeLost();
    memories.storeLost(kept);
  }

  private void during(Fault fault, Weather.Kind kind) {
    Weather.Trouble trouble = new Weather.Trouble(kind, fault.seat(), fault.howMuch());
    weather.begin(trouble);
    after(fault.lasts(), () -> weather.end(trouble));
  }

  private void after(double seconds, Runnable task) {
    timeline.after(seconds, task);
  }

  private FaultOutcome outcome() {
    double limit = schedule.end() + (schedule.cutsOff() ? 1800 : 600);
    while (street.settled() < visitors && timeline.step(limit)) {
      journal.check();
      resumes();
    }
    journal.check();
    if (street.settled() < visitors) {
      throw journal.broken(
          "everybody comes in, but " + (visitors - street.settled()) + " have not");
    }
    return new FaultOutcome(
        seed,
        schedule,
        visitors,
        street.resumed(),
        epochs.forgotten(),
        sessions.beyond(),
        journal.hash());
  }

  private void resumes() {
    double most = epochs.forgotten() > 0 ? RESUMED_FORGOTTEN_SECONDS : RESUMED_SECONDS;
    if (Double.isNaN(street.resumed()) && timeline.seconds() > schedule.end() + most) {
      throw journal.broken("admissions go on within " + most + " s after the last fault");
    }
  }
}
