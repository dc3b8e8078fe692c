package dev.usher.helm.proof;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** What says how many pods there are. */
enum OwnerKind {
  HPA("autoscaling/v2 HorizontalPodAutoscaler", "minReplicas", 1),
  SCALED_OBJECT("keda.sh/v1alpha1 ScaledObject", "minReplicaCount", 0),
  DEPLOYMENT("apps/v1 Deployment", "replicas", 1);

  private static final Duration KEDA_MAX = Duration.ofMinutes(2);

  private final String object;
  private final String min;
  private final int leftOut;

  /**
   * @param leftOut the floor of one that does not name the field; 0 where it then has none
   */
  OwnerKind(String object, String min, int leftOut) {
    this.object = object;
    this.min = min;
    this.leftOut = leftOut;
  }

  /** Whether the cluster knows it. */
  boolean isHere(KubernetesClient client) {
    return this != SCALED_OBJECT || Keda.isThere(client);
  }

  int leftOut() {
    return leftOut;
  }

  /** A manifest of it for a shop of this name. */
  String manifest(String shop, int floor) {
    String file =
        switch (this) {
          case HPA -> "scaler.yaml";
          case SCALED_OBJECT -> "scaled-object.yaml";
          case DEPLOYMENT -> "sized.yaml";
        };
    return Texts.of(file, "NAME", shop, "MIN", Integer.toString(floor));
  }

  /** The same without the floor. */
  String manifestWithout(String shop) {
    return manifest(shop, 1).replace("  " + min + ": 1\n", "");
  }

  Owner in(KubernetesClient client, String namespace, String shop) {
    return new Owner(client, namespace, object + " " + shop, min);
  }

  /** Waits until its controller has done with it what it does to each that is new. */
  void awaitSettled(KubernetesClient client, String namespace, String shop) {
    if (this == SCALED_OBJECT) {
      var hpas = client.autoscaling().v2().horizontalPodAutoscalers().inNamespace(namespace);
      Until.so(
          KEDA_MAX,
          () -> hpas.withName("keda-hpa-" + shop).get() != null,
          () -> "an HPA of KEDA's for " + shop);
    }
  }
}
