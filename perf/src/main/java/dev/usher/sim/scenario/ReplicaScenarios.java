package dev.usher.sim.scenario;

import static dev.usher.sim.scenario.FigureTarget.atLeast;
import static dev.usher.sim.scenario.FigureTarget.atMost;
import static dev.usher.sim.scenario.FigureTarget.none;

import dev.usher.sim.crowd.Crowd;
import dev.usher.sim.usher.UsherGate;
import dev.usher.sim.usher.UsherOptions.ReplicaOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Scenarios in which any number of replicas share one budget. */
final class ReplicaScenarios {
  private ReplicaScenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    Stream.of(1, 2, 4, 8, 16).map(ReplicaScenarios::of).forEach(all::add);
    Stream.of(3, 8, 16).map(ReplicaScenarios::cold).forEach(all::add);
    all.add(answering("store-5ms", 0.005));
    all.add(answering("store-400ms", 0.4));
    all.add(
        replaced(
            "leader-killed",
            "whose leader is killed after 120 s, and replaced",
            sale(3).replacing(120, UsherGate::killLeader)));
    all.add(
        replaced(
            "rolled",
            "which are replaced in order one by one from 120 s on",
            sale(3)
                .replacing(120, usher -> usher.restart(0))
                .replacing(150, usher -> usher.restart(1))
                .replacing(180, usher -> usher.restart(2))));
    all.add(
        replaced(
            "lone-restart",
            "of which there is one, replaced in order after 120 s",
            sale(1).replacing(120, usher -> usher.restart(0))));
    return List.copyOf(all);
  }

  private static Setup sale(int replicas) {
    return Setup.sale().pods(10, false).replicas(near(replicas)).lasting(300);
  }

  private static ReplicaOptions[] near(int replicas) {
    return Collections.nCopies(replicas, ReplicaOptions.distant(0.002, 0))
        .toArray(ReplicaOptions[]::new);
  }

  /** How fast people come in must not depend on how far the store is. */
  private static Scenario answering(String name, double seconds) {
    return new Scenario(
        name,
        "15,000 visitors in 1 s before 30 warm pods and one replica whose store answers in "
            + Math.round(1000 * seconds)
            + " ms",
        Setup.sale().replicas(ReplicaOptions.distant(seconds, 0)),
        atMost(Metric.SESSIONS_OVER, 1),
        none(Metric.ERRORS),
        none(Metric.LOST),
        atMost(Metric.ADMIT_ALL_OVER_PACED, 1.25));
  }

  private static Scenario replaced(String name, String says, Setup setup) {
    return new Scenario(
        name,
        "15,000 visitors before 10 cold pods and replicas " + says,
        setup,
        atMost(Metric.CAPACITY_MOVED, 5),
        atMost(Metric.SESSIONS_OVER, 1),
        none(Metric.LOST));
  }

  private static Scenario cold(int replicas) {
    return new Scenario(
        "crowd-cold-" + replicas,
        "15,000 visitors before 4 cold pods, scaled out to at most 60, and "
            + replicas
            + " replicas whose store answers in 2 ms",
        Setup.sale().pods(4, false).scaledTo(60).replicas(near(replicas)),
        atMost(Metric.REQUESTS_OVER, 1.15),
        none(Metric.ERRORS),
        none(Metric.LOST));
  }

  private static Scenario of(int replicas) {
    return new Scenario(
        "replicas-" + replicas,
        "6,000 visitors before 10 warm pods and "
            + replicas
            + (replicas == 1 ? " replica" : " replicas")
            + " whose store answers in 2 ms",
        new Setup()
            .pods(10, true)
            .crowd(new Crowd(0, 6000, 0, 5))
            .replicas(near(replicas))
            .lasting(300),
        atMost(Metric.SESSIONS_OVER, 1),
        atMost(Metric.OVER_BUDGET, 1),
        atLeast(Metric.USE_OF_BUDGET, 0.99),
        none(Metric.ERRORS),
        none(Metric.LOST));
  }
}
