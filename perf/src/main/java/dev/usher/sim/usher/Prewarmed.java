package dev.usher.sim.usher;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.room.Load;
import dev.usher.room.PodWatch;
import dev.usher.sim.plant.Cluster;
import dev.usher.sim.plant.PlantPod;
import java.util.List;

/**
 * Pods that were warm before the run began are known to be, as from a readiness gate; of all others
 * only what the pod set says is known.
 */
final class Prewarmed implements PodWatch {
  private final PodWatch pods;
  private final Cluster cluster;

  Prewarmed(PodWatch pods, Cluster cluster) {
    this.pods = pods;
    this.cluster = cluster;
  }

  @Override
  public PodsSeen see(long now) {
    PodsSeen seen = pods.see(now);
    // The pod set tells of its pods in the order in which it was told of them: by address.
    PodSample[] samples = seen.pods().toArray(PodSample[]::new);
    for (int address = 0; address < samples.length; address++) {
      PlantPod pod = cluster.at(address);
      if (pod != null && pod.prewarmed()) {
        samples[address] = warmed(samples[address]);
      }
    }
    return new PodsSeen(List.of(samples), seen.traffic(), seen.silence());
  }

  private static PodSample warmed(PodSample pod) {
    return new PodSample(pod.pod(), pod.life(), pod.ready(), true, pod.age(), pod.served());
  }

  @Override
  public Load load() {
    return pods.load();
  }

  @Override
  public void limit(List<PodLimit> limits) {
    pods.limit(limits);
  }
}
