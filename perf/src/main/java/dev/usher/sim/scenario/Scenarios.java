package dev.usher.sim.scenario;

import static dev.usher.sim.scenario.FigureTarget.atLeast;
import static dev.usher.sim.scenario.FigureTarget.atMost;
import static dev.usher.sim.scenario.FigureTarget.none;

import dev.usher.sim.crowd.Crowd;
import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.usher.UsherOptions.ReplicaOptions;
import java.util.ArrayList;
import java.util.List;

/** All scenarios. */
public final class Scenarios {
  /** The two in which gates are compared. */
  public static final List<String> COMPARED = List.of("crowd-warm", "crowd-cold");

  private Scenarios() {}

  /** The scenario of this name; throws if there is none. */
  public static Scenario named(String name) {
    return all().stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A scenario must be one of "
                        + all().stream().map(Scenario::name).toList()
                        + " but was \""
                        + name
                        + "\""));
  }

  /** In the order of the report. */
  public static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>(alone());
    all.addAll(KnownOpenings.all());
    all.addAll(IllPods.all());
    all.addAll(Waits.all());
    all.addAll(ReplicaScenarios.all());
    return List.copyOf(all);
  }

  private static List<Scenario> alone() {
    return List.of(
        crowdWarm(),
        crowdCold(),
        declaredTooHigh(),
        declaredTooLow(),
        podsDie(),
        podsVanish(),
        slowToWarm(),
        database(),
        halfSpeed(),
        frozen(),
        noShows(),
        twoRooms(),
        twoColdPods(),
        onePod(),
        trickle(),
        replicas(),
        distant(),
        unlikePods(),
        ColdPods.hiddenCost(),
        ColdPods.fastAtOnce(),
        ColdPods.listed(),
        ColdPods.joining(),
        ColdPods.joiningCalled());
  }

  private static Scenario crowdWarm() {
    return new Scenario(
        "crowd-warm",
        "15,000 visitors in 1 s before 30 warm pods",
        Setup.sale(),
        atMost(Metric.SESSIONS_OVER, 1),
        atMost(Metric.REQUESTS_OVER, 1.1),
        none(Metric.ERRORS),
        none(Metric.LOST),
        atMost(Metric.ADMIT_ALL_OVER_PACED, 1.15));
  }

  private static Scenario crowdCold() {
    return new Scenario(
        "crowd-cold",
        "15,000 visitors in 1 s before 4 cold pods, scaled out to at most 60",
        Setup.sale().pods(4, false).scaledTo(60),
        atMost(Metric.REQUESTS_OVER, 1.15),
        none(Metric.ERRORS),
        none(Metric.LOST),
        atLeast(Metric.USE_OF_ALL, 0.75));
  }

  private static Scenario declaredTooHigh() {
    return new Scenario(
        "declared-too-high",
        "15,000 visitors before 30 warm pods that bear half of what was declared",
        Setup.sale().declared(2, 1),
        atMost(Metric.SESSIONS_OVER, 1.15),
        atMost(Metric.REQUESTS_OVER, 1.25),
        atLeast(Metric.TOO_HIGH, 1),
        none(Metric.LOST));
  }

  private static Scenario declaredTooLow() {
    return new Scenario(
        "declared-too-low",
        "45,000 visitors before 30 warm pods that bear twice what was declared; learnUpTo 1.25",
        Setup.sale().declared(0.5, 1.25).crowd(new Crowd(0, 30_000, 0, 1)),
        atLeast(Metric.USE_OF_ALL, 0.85),
        atLeast(Metric.TOO_LOW, 1),
        none(Metric.LOST));
  }

  private static Scenario podsDie() {
    return new Scenario(
        "pods-die",
        "15,000 visitors before 30 warm pods, of which 6 die after 60 s",
        Setup.sale().when(60, site -> kill(site, 6, false)),
        atMost(Metric.ASKED_AFTER_DEATH, 1),
        atMost(Metric.FAILED_PERCENT, 2),
        none(Metric.SAFE_FAILED),
        none(Metric.LOST));
  }

  private static Scenario podsVanish() {
    return new Scenario(
        "pods-vanish",
        "15,000 visitors before 30 warm pods, of which 6 fall silent after 60 s: connections to"
            + " them are neither taken nor refused, and Kubernetes tells of it after 40 s",
        Setup.sale().when(60, site -> kill(site, 6, true)),
        atMost(Metric.ASKED_AFTER_DEATH, 1),
        atMost(Metric.FAILED_PERCENT, 2),
        none(Metric.LOST));
  }

  static void kill(Mishap.Site site, int count, boolean silently) {
    List<PlantPod> live = site.cluster().live();
    for (int i = 0; i < count; i++) {
      site.cluster().kill(live.remove(site.chance().below(live.size())), silently);
    }
  }

  private static Scenario slowToWarm() {
    return new Scenario(
        "slow-to-warm",
        "15,000 visitors before 4 cold pods that take twice the work to warm up, scaled out",
        Setup.sale()
            .pods(4, false)
            .scaledTo(60)
            .inTruth(nature -> nature.withWarmUpWork(2 * nature.warmUpWork())),
        calm());
  }

  /** The targets that must hold in every kind of trouble. */
  private static FigureTarget[] calm() {
    return new FigureTarget[] {
      none(Metric.CRASHES), atMost(Metric.REVERSALS, 6), none(Metric.LOST)
    };
  }

  private static Scenario database() {
    return new Scenario(
        "database",
        "15,000 visitors before 30 warm pods whose database bears half of what they could serve",
        Setup.sale()
            .when(0, site -> site.cluster().shareDatabase(site.cluster().requestsPerSecond() / 2)),
        calm());
  }

  private static Scenario halfSpeed() {
    return new Scenario(
        "half-speed-deploy",
        "15,000 visitors before 30 warm pods; after 90 s a deploy makes all of them half as fast",
        Setup.sale().when(90, site -> site.cluster().deploy(site.cluster().live(), 0.5)),
        calm());
  }

  private static Scenario frozen() {
    return new Scenario(
        "signal-frozen",
        "15,000 visitors before 30 warm pods; probes are not heard from 60 s to 120 s, and 3 pods"
            + " die meanwhile",
        Setup.sale()
            .when(60, site -> deaf(site, true))
            .when(75, site -> kill(site, 3, false))
            .when(120, site -> deaf(site, false)),
        calm());
  }

  private static void deaf(Mishap.Site site, boolean deaf) {
    if (site.usher() != null) {
      site.usher().deaf(deaf);
    }
  }

  private static Scenario noShows() {
    return new Scenario(
        "no-shows",
        "45,000 visitors before 30 warm pods; 30 % leave, half of them silently between two"
            + " polls; another 5 % go away for minutes and come back",
        Setup.sale()
            .crowd(new Crowd(0, 30_000, 0, 1))
            .like(nature -> nature.withNoShow(0.3))
            .absences(0.05),
        atLeast(Metric.USE, 0.97),
        atMost(Metric.SESSIONS_OVER, 1),
        none(Metric.LOST));
  }

  private static Scenario twoRooms() {
    return new Scenario(
        "two-rooms",
        "two rooms of weight 2 and 1 before 10 warm pods: 6,000 visitors come to the second, and"
            + " after 120 s 4,000 to the first",
        new Setup()
            .pods(10, true)
            .rooms(2, 1)
            .crowd(new Crowd(1, 6000, 0, 1))
            .crowd(new Crowd(0, 4000, 120, 1)),
        atMost(Metric.SESSIONS_OVER, 1),
        atLeast(Metric.USE, 0.97),
        new FigureTarget(Metric.SHARE, 0.6, 0.73),
        none(Metric.LOST));
  }

  private static Scenario twoColdPods() {
    return small(
        "two-cold-pods",
        "1,000 visitors in 1 s before 2 cold pods that bear about 100 sessions",
        2);
  }

  private static Scenario onePod() {
    return small(
        "one-cold-pod", "1,000 visitors in 1 s before 1 cold pod that bears about 100 sessions", 1);
  }

  private static Scenario small(String name, String says, int pods) {
    return new Scenario(
        name,
        says,
        new Setup()
            .pods(pods, false)
            .unproven()
            .crowd(new Crowd(0, 1000, 0, 1))
            .like(nature -> nature.withPages(36, 3.3))
            .lasting(600),
        atMost(Metric.FIRST_ADMITTED, 2),
        atMost(Metric.STALL, 10),
        atLeast(Metric.COLDEST, 1),
        none(Metric.LOST));
  }

  private static Scenario trickle() {
    return new Scenario(
        "trickle",
        "a day of a small room: 3,000 visitors over an hour before 5 warm pods",
        new Setup().pods(5, true).crowd(new Crowd(0, 3000, 0, 3600)).lasting(3700),
        none(Metric.WAITED),
        none(Metric.ERRORS),
        none(Metric.LOST));
  }

  private static Scenario replicas() {
    return new Scenario(
        "replicas",
        "15,000 visitors before 30 warm pods and 2 replicas whose clocks are 5 s apart, one of"
            + " which tells the other nothing",
        Setup.sale().replicas(ReplicaOptions.GOOD, ReplicaOptions.mute(5000)),
        atMost(Metric.SESSIONS_OVER, 1),
        atMost(Metric.REQUESTS_OVER, 1.1),
        none(Metric.ERRORS),
        none(Metric.LOST));
  }

  private static Scenario distant() {
    return new Scenario(
        "distant-store",
        "15,000 visitors before 30 warm pods and 3 replicas whose store answers in 20 ms, with 2 %"
            + " of all signals lost",
        Setup.sale()
            .replicas(
                ReplicaOptions.distant(0.02, 0.02),
                ReplicaOptions.distant(0.02, 0.02),
                ReplicaOptions.distant(0.02, 0.02)),
        atMost(Metric.SESSIONS_OVER, 1),
        atMost(Metric.REVERSALS, 6),
        none(Metric.LOST));
  }

  private static Scenario unlikePods() {
    return new Scenario(
        "unlike-pods",
        "15,000 visitors before 30 warm pods, each 0.7 to 1.3 times as fast as declared",
        Setup.sale().when(-1, site -> site.cluster().makeUnlike(0.7, 1.3)),
        calm());
  }
}
