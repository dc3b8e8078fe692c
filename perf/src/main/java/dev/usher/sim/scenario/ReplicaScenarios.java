package dev.usher.sim.scenario;

import dev.usher.sim.crowd.Crowd;
import dev.usher.sim.usher.UsherOptions.ReplicaOptions;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** One budget, shared by any number of replicas. */
final class ReplicaScenarios {
  private ReplicaScenarios() {}

  static List<Scenario> all() {
    return Stream.of(1, 2, 4, 8, 16).map(ReplicaScenarios::of).toList();
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
            .replicas(
                Collections.nCopies(replicas, ReplicaOptions.distant(0.002, 0))
                    .toArray(ReplicaOptions[]::new))
            .lasting(300),
        Target.atMost(Metric.SESSIONS_OVER, 1),
        Target.atMost(Metric.OVER_BUDGET, 1),
        Target.atLeast(Metric.USE_OF_BUDGET, 0.99),
        Target.none(Metric.ERRORS),
        Target.none(Metric.LOST));
  }
}
