package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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

  private static final String CONTAINERS = "ContainersReady";

  /** How far a pod is. */
  enum Standing {
    /** It has no such gate, or more than that keeps it from being ready. */
    NONE,
    /** Nothing but this gate keeps it from being ready. */
    SHUT,
    /** It is ready, or was let through and is about to be. */
    PASSED
  }

  private ReadinessGate() {}

  private static List<String> gates(Pod pod) {
    return pod.getSpec() == null
        ? List.of()
        : pod.getSpec().getReadinessGates().stream().map(gate -> gate.getConditionType()).toList();
  }

  /**
   * How far the pod is. Readiness follows the open gate a moment later, and the slices follow that:
   * meanwhile it is ready for Usher, as it was before.
   */
  static Standing of(Pod pod) {
    List<String> gates = gates(pod);
    Conditions is = Conditions.of(pod);
    if (!gates.contains(CONDITION)
        || !is.isTrue(CONTAINERS)
        || !gates.stream().filter(gate -> !gate.equals(CONDITION)).allMatch(is::isTrue)) {
      return Standing.NONE;
    }
    if (!is.isTrue(CONDITION)) {
      return Standing.SHUT;
    }
    boolean ready =
        is.isTrue(Conditions.READY) || is.since(CONDITION) >= is.since(Conditions.READY);
    return ready ? Standing.PASSED : Standing.NONE;
  }

  /**
   * Opens it. Does nothing to another pod of that name: the API refuses a uid that is not its own.
   */
  static void open(KubernetesClient client, String namespace, Waiting pod) {
    PodCondition warm = new PodCondition();
    warm.setType(CONDITION);
    warm.setStatus(Conditions.TRUE);
    warm.setReason("Warm");
    warm.setMessage("Usher has warmed the pod, or sends visitors to warm it");
    warm.setLastTransitionTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    Pod patch =
        new PodBuilder()
            .withNewMetadata()
            .withName(pod.name())
            .withNamespace(namespace)
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
            .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
  }

  /** A pod whose gate is shut. */
  record Waiting(String name, String uid) {}
}
