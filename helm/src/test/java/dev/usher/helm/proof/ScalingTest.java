package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Upgrades of every kind, none of which may take away a pod that runs; before the release goes. */
@OnCluster
@Order(8)
final class ScalingTest {
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final String ON = "autoscaling: {enabled: true, minReplicas: 2, maxReplicas: 6}\n";
  private static final String ANYBODY =
      "pods: {securityContext: {runAsUser: null, runAsGroup: null, fsGroup: null}}\n";

  private final World world;
  private final List<Deployment> seen = new CopyOnWriteArrayList<>();

  ScalingTest(World world) {
    this.world = world;
  }

  @Test
  void noUpgradeTakesAwayWhatRuns() {
    try (Watch watch = usher().watch(new Seen(seen))) {
      // Where nobody says as whom: the image's own user, in a namespace that allows nobody else.
      world.release().upgrade("Anybody", ANYBODY);
      assertRuns(3);
      assertThat(world.replicas())
          .extracting(pod -> pod.getSpec().getSecurityContext().getRunAsUser())
          .containsOnlyNulls();
      world.release().upgrade("Scaled", ANYBODY + ON);
      assertRuns(3);
      scale(5);
      world.release().upgrade("Scaled still", ANYBODY + ON);
      assertRuns(5);
      world.release().upgrade("By hand", ANYBODY);
      assertRuns(5);
      world.release().upgrade("By hand still", ANYBODY);
      assertRuns(5);
      assertThat(watch).isNotNull();
    }
    assertThat(seen).extracting(Deployment::getSpec).allMatch(spec -> spec.getReplicas() >= 3);
    assertThat(seen)
        .extracting(deployment -> deployment.getStatus().getReadyReplicas())
        .allMatch(ready -> ready != null && ready >= 3);
    Until.measured(
        "five upgrades, autoscaling on and off: pods asked for %s",
        seen.stream().map(deployment -> deployment.getSpec().getReplicas()).distinct().toList());
  }

  private void assertRuns(int replicas) {
    assertThat(usher().get().getSpec().getReplicas()).isEqualTo(replicas);
    Until.so(SETTLED, () -> world.replicas().size() == replicas, () -> names(world.replicas()));
  }

  /** As the cluster does it, or an operator. */
  private void scale(int replicas) {
    usher().scale(replicas);
    assertRuns(replicas);
  }

  private static String names(List<Pod> pods) {
    return pods.stream().map(pod -> pod.getMetadata().getName()).toList().toString();
  }

  private RollableScalableResource<Deployment> usher() {
    return world.client().apps().deployments().inNamespace(world.namespace()).withName("usher");
  }

  /** Every state of the Deployment, as it comes. */
  private record Seen(List<Deployment> all) implements Watcher<Deployment> {
    @Override
    public void eventReceived(Action action, Deployment deployment) {
      all.add(Objects.requireNonNull(deployment));
    }

    @Override
    public void onClose(WatcherException cause) {
      throw new IllegalStateException("The watch ended, so the test does not know", cause);
    }
  }
}
