package dev.usher.provision.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What says in one namespace how many pods of a service there are. Each question blocks. */
public final class Scalers {
  public static final ResourceDefinitionContext SCALED_OBJECTS =
      resource("keda.sh", "v1alpha1", "ScaledObject", "scaledobjects");
  public static final ResourceDefinitionContext HPAS =
      resource("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
  public static final ResourceDefinitionContext DEPLOYMENTS =
      resource("apps", "v1", "Deployment", "deployments");
  public static final ResourceDefinitionContext STATEFUL_SETS =
      resource("apps", "v1", "StatefulSet", "statefulsets");
  private static final ResourceDefinitionContext REPLICA_SETS =
      resource("apps", "v1", "ReplicaSet", "replicasets");

  private final KubernetesClient client;
  private final String namespace;

  /** What is scaled. */
  public record Workload(String apiVersion, String kind, String name) {
    @Override
    public String toString() {
      return kind + " " + name;
    }
  }

  public Scalers(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  private static ResourceDefinitionContext resource(
      String group, String version, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }

  /** What made the pods of the service; null where nothing did, or there is no pod. */
  public @Nullable Workload workload(String service) {
    Service found = client.services().inNamespace(namespace).withName(service).get();
    Map<String, String> selector = found == null ? null : found.getSpec().getSelector();
    if (selector == null || selector.isEmpty()) {
      return null;
    }
    for (Pod pod : client.pods().inNamespace(namespace).withLabels(selector).list().getItems()) {
      OwnerReference owner = controller(pod.getMetadata().getOwnerReferences());
      if (owner != null) {
        return owner.getKind().equals("ReplicaSet") ? above(owner) : workload(owner);
      }
    }
    return null;
  }

  private static Workload workload(OwnerReference owner) {
    return new Workload(owner.getApiVersion(), owner.getKind(), owner.getName());
  }

  private Workload above(OwnerReference replicaSet) {
    GenericKubernetesResource set =
        client
            .genericKubernetesResources(REPLICA_SETS)
            .inNamespace(namespace)
            .withName(replicaSet.getName())
            .get();
    OwnerReference owner = set == null ? null : controller(set.getMetadata().getOwnerReferences());
    return workload(owner == null ? replicaSet : owner);
  }

  private static @Nullable OwnerReference controller(@Nullable List<OwnerReference> owners) {
    return owners == null
        ? null
        : owners.stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .findFirst()
            .orElse(null);
  }

  /** All objects of a kind; none if the cluster does not know it. */
  public List<JsonObject> all(ResourceDefinitionContext kind) {
    try {
      return client
          .genericKubernetesResources(kind)
          .inNamespace(namespace)
          .list()
          .getItems()
          .stream()
          .map(this::json)
          .toList();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /** The same object as JSON. */
  public JsonObject json(GenericKubernetesResource object) {
    return new JsonObject(client.getKubernetesSerialization().asJson(object));
  }

  /** Those that scale this. */
  public static List<JsonObject> of(Workload workload, List<JsonObject> scalers) {
    return scalers.stream()
        .filter(
            scaler -> {
              JsonObject target = Fields.in(scaler, "spec", "scaleTargetRef");
              String kind = Fields.text(target, "kind");
              return Fields.text(target, "name").equals(workload.name())
                  && (kind.isEmpty() ? "Deployment" : kind).equals(workload.kind());
            })
        .toList();
  }

  /** The name of the ScaledObject that an HPA belongs to, "" where none does. */
  public static String ownedBy(JsonObject hpa) {
    return Fields.all(Fields.in(hpa, "metadata"), "ownerReferences").stream()
        .filter(owner -> Fields.text(owner, "kind").equals("ScaledObject"))
        .map(owner -> Fields.text(owner, "name"))
        .findFirst()
        .orElse("");
  }
}
