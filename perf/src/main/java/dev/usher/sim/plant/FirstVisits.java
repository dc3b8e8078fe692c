package dev.usher.sim.plant;

import java.util.HashMap;
import java.util.Map;

/** How warm pods that were started were when their first visitors came. */
public final class FirstVisits {
  private final Map<PlantPod, Double> warmth = new HashMap<>();

  FirstVisits() {}

  /** A visitor's request is sent to a pod. */
  public void sent(PlantPod pod) {
    if (pod.aliveSince() > 0) {
      warmth.putIfAbsent(pod, pod.warmth());
    }
  }

  /** The warmth of the coldest; NaN if no visitor came to any. */
  public double coldest() {
    return warmth.values().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }
}
