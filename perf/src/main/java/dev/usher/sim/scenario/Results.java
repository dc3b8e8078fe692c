package dev.usher.sim.scenario;

import dev.usher.sim.crowd.CrowdMoment;
import java.util.List;
import java.util.Map;

/**
 * The results of one run.
 *
 * @param figures what was measured; figures that the run does not have are absent
 * @param course the run second by second
 * @param hash the same for two runs only if the same happened
 * @param events how many events were recorded
 */
public record Results(
    Scenario scenario,
    GateKind gate,
    long seed,
    Map<Metric, Double> figures,
    List<CrowdMoment> course,
    long hash,
    long events) {

  public double of(Metric metric) {
    return figures.getOrDefault(metric, Double.NaN);
  }

  /** Whether all targets are met. */
  public boolean isGood() {
    return scenario.targets().stream().allMatch(target -> target.isKeptBy(of(target.metric())));
  }
}
