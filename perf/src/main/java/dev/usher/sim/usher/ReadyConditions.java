package dev.usher.sim.usher;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.pods.Load;
import dev.usher.pods.PodWatch;
import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.plant.PodCluster;
import java.util.ArrayList;
import java.util.List;

/**
 * What Kubernetes says about a pod besides its readiness: which one it is, and since when it has
 * been ready. It says nothing about warmth; pods that were warm before the run began have been
 * ready for an hour.
 */
final class ReadyConditions implements PodWatch {
  private static final double BEFORE_SECONDS = 3600;

  private final PodWatch pods;
  private final PodCluster cluster;

  ReadyConditions(PodWatch pods, PodCluster cluster) {
    this.pods = pods;
    this.cluster = cluster;
  }

  @Override
  public PodsSeen see(long now) {
    PodsSeen seen = pods.see(now);
    List<PodSample> told = new ArrayList<>(seen.pods().size());
    // The pod set lists its pods in the order in which it learnt of them: by address.
    for (PodSample sample : seen.pods()) {
      PlantPod pod = cluster.at(told.size());
      told.add(pod == null ? sample : told(sample, pod));
    }
    return seen.withMore(told, seen.share());
  }

  private static PodSample told(PodSample sample, PlantPod pod) {
    double ready = pod.aliveSeconds() + (pod.prewarmed() ? BEFORE_SECONDS : 0);
    return new PodSample(
        sample.pod(),
        new PodSample.Life(sample.life().number(), pod.name()),
        sample.ready(),
        (long) (1000 * ready),
        sample.done(),
        0,
        sample.sessions(),
        sample.calls());
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
