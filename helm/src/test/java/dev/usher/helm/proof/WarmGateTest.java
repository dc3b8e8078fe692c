package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Real pods with the readiness gate: Kubernetes waits for Usher, and Usher for their warmth. */
@OnCluster
@Order(7)
final class WarmGateTest {
  private static final Duration MINUTES = Duration.ofMinutes(3);
  private static final String ROOM = "/api/rooms/concert";
  private static final String ANSWERED = "/admission/warmUp/answered";

  /** Of admission.warmUpRequests. */
  private static final int CALLS = 300;

  private final World world;
  private final Shop gated;

  WarmGateTest(World world) {
    this.world = world;
    this.gated = new Shop(world.client(), world.namespace(), "gated");
  }

  @Test
  void aPodIsInTheServiceWhenUsherHasWarmedItAndNotBefore() {
    gated.openGated(1, 5);
    try {
      until("its containers are ready", () -> has("ContainersReady", "True"));
      Until.pause(5000);
      assertThat(gated.ready()).as("nobody has opened the gate").isEmpty();
      long began = System.nanoTime();
      String yaml = Texts.of("gated.yaml", "NAMESPACE", world.namespace(), "SERVICE", "gated");
      try (ApiDoor door = new ApiDoor(world.kubeconfig());
          HostGateway gateway = HostGateway.configured(asTheChart(door), yaml, "run", "--config")) {
        String ops = gateway.awaitOps();
        gated.awaitReady(1, MINUTES);
        int answers = world.http().json(ops + ROOM).at(ANSWERED).asInt();
        Until.measured(
            "a pod with a readiness gate: %d warm-up calls, ready for others %.1f s after Usher's"
                + " start",
            answers, World.seconds(began));
        assertThat(answers).isGreaterThanOrEqualTo(CALLS);
        aContainerThatIsRestartedFindsItsGateOpen();
      }
    } finally {
      gated.scale(0);
    }
  }

  /** With the rights that the chart grants and no others. */
  private Path asTheChart(ApiDoor door) {
    List<Right> rights = new ArrayList<>(Right.TO_FOLLOW);
    rights.add(new Right("patch", "", "pods/status"));
    return new Account(world, door).granted("opens-gates", rights);
  }

  private void aContainerThatIsRestartedFindsItsGateOpen() {
    Pod pod = gated.pods().get(0);
    gated.kill(pod);
    until("it is restarted", () -> restarts() > 0);
    gated.awaitReady(1, MINUTES);
    assertThat(Shop.names(gated.pods())).containsExactly(pod.getMetadata().getName());
  }

  private int restarts() {
    return gated.pods().stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .mapToInt(status -> status.getRestartCount())
        .sum();
  }

  private boolean has(String condition, String status) {
    List<Pod> pods = gated.pods();
    return !pods.isEmpty()
        && pods.get(0).getStatus().getConditions().stream()
            .anyMatch(is -> condition.equals(is.getType()) && status.equals(is.getStatus()));
  }

  private void until(String what, BooleanSupplier condition) {
    Until.so(MINUTES, condition, () -> what + ", but there are " + gated.pods());
  }
}
