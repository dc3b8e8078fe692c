package dev.usher.helm.proof;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** KEDA on the cluster: what it was told to scale, and the HPA that it made of it. */
final class Keda {
  /** The autoscaler looks this often. */
  static final Duration ONE_PERIOD = Duration.ofSeconds(15);

  private static final ResourceDefinitionContext SCALED_OBJECTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("keda.sh")
          .withVersion("v1alpha1")
          .withKind("ScaledObject")
          .withPlural("scaledobjects")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;
  private final String namespace;

  Keda(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  static boolean isThere(KubernetesClient client) {
    String crd = "scaledobjects.keda.sh";
    return client.apiextensions().v1().customResourceDefinitions().withName(crd).get() != null;
  }

  /** Skips the test, loudly, where the cluster has no KEDA; a failure where one is required. */
  static void mustBeThere(KubernetesClient client) {
    if (isThere(client)) {
      return;
    }
    String why = "the cluster has no KEDA: nothing follows what Usher says";
    System.out.println("\n==== NOT PROVEN: " + why + " ====\n");
    throw Boolean.getBoolean("usher.cluster.keda")
        ? new IllegalStateException(why)
        : new TestAbortedException(why);
  }

  /** Waits until KEDA has made an HPA for a shop that reads Usher's number. */
  void awaitFollowing(String shop) {
    Until.so(
        Meeting.A_MINUTE,
        () -> isActive(hpa(shop)),
        () -> "an HPA that scales, but " + hpa(shop) + " of " + scaledObject(shop).get());
  }

  private static boolean isActive(@Nullable HorizontalPodAutoscaler hpa) {
    return hpa != null
        && hpa.getStatus() != null
        && hpa.getStatus().getConditions() != null
        && hpa.getStatus().getConditions().stream()
            .anyMatch(is -> is.getType().equals("ScalingActive") && is.getStatus().equals("True"));
  }

  /** How many pods the HPA of a shop wants; -1 while there is none. */
  int wanted(String shop) {
    HorizontalPodAutoscaler hpa = hpa(shop);
    Integer wanted =
        hpa == null || hpa.getStatus() == null ? null : hpa.getStatus().getDesiredReplicas();
    return wanted == null ? -1 : wanted;
  }

  private @Nullable HorizontalPodAutoscaler hpa(String shop) {
    return client
        .autoscaling()
        .v2()
        .horizontalPodAutoscalers()
        .inNamespace(namespace)
        .withName("keda-hpa-usher-" + shop)
        .get();
  }

  /** Changes the ScaledObject of a shop by a JSON patch. */
  void change(String shop, String patch) {
    scaledObject(shop).patch(PatchContext.of(PatchType.JSON), patch);
  }

  private Resource<GenericKubernetesResource> scaledObject(String shop) {
    return client
        .genericKubernetesResources(SCALED_OBJECTS)
        .inNamespace(namespace)
        .withName("usher-" + shop);
  }
}
