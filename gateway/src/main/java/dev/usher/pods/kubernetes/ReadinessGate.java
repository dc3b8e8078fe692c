package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The readiness gate of pods that are ready for others only when Usher says that they are warm: a
 * condition in their status, which Kubernetes waits for after all containers are ready.
 */
final class ReadinessGate {
  /** The type of the condition. */
  static final String CONDITION = "usher.dev/warm";

  private static final String TRUE = "True";

  private ReadinessGate() {}

  /** Whether the pod has this gate, be it open or shut. */
  static boolean isIn(Pod pod) {
    return gates(pod).contains(CONDITION);
  }

  private static List<String> gates(Pod pod) {
    return pod.getSpec() == null
        ? List.of()
        : pod.getSpec().getReadinessGates().stream().map(gate -> gate.getConditionType()).toList();
  }

  /** Whether nothing but this gate keeps the pod from being ready. */
  static boolean isAwaited(Pod pod) {
    List<String> gates = gates(pod);
    return gates.contains(CONDITION)
        && pod.getStatus() != null
        && !isTrue(pod.getStatus(), CONDITION)
        && isTrue(pod.getStatus(), "ContainersReady")
        && gates.stream()
            .filter(gate -> !gate.equals(CONDITION))
            .allMatch(gate -> isTrue(pod.getStatus(), gate));
  }

  private static boolean isTrue(PodStatus status, String type) {
    return status.getConditions().stream()
        .anyMatch(each -> type.equals(each.getType()) && TRUE.equals(each.getStatus()));
  }

  /**
   * Opens it. Does nothing to another pod of that name: the API refuses a uid that is not its own.
   */
  static void open(KubernetesClient client, String namespace, Waiting pod) {
    PodCondition warm = new PodCondition();
    warm.setType(CONDITION);
    warm.setStatus(TRUE);
    warm.setReason("Warm");
    warm.setMessage("Usher has warmed the pod, or sends visitors to warm it");
    warm.setLastTransitionTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    Pod patch =
        new PodBuilder()
            .withNewMetadata()
            .withUid(pod.uid())
            .endMetadata()
            .withNewStatus()
            .withConditions(warm)
            .endStatus()
            .build();
    var unused =
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod.name())
            .subresource("status")
            .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), Serialization.asJson(patch));
  }

  /** A pod whose gate is shut. */
  record Waiting(String name, String uid) {}
}
