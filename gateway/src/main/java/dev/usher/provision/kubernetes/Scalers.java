package dev.usher.provision.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
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
  static final ResourceDefinitionContext QUOTAS =
      resource("", "v1", "ResourceQuota", "resourcequotas");
  static final ResourceDefinitionContext BUDGETS =
      resource("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets");
  static final ResourceDefinitionContext AUTHENTICATIONS =
      resource("keda.sh", "v1alpha1", "TriggerAuthentication", "triggerauthentications");
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

  /** The object of this name; null if there is none. */
  @Nullable JsonObject get(Workload workload) {
    GenericKubernetesResource found =
        ofKind(workload).inNamespace(namespace).withName(workload.name()).get();
    return found == null ? null : json(found);
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      ofKind(Workload workload) {
    return switch (workload.kind()) {
      case "Deployment" -> client.genericKubernetesResources(DEPLOYMENTS);
      case "StatefulSet" -> client.genericKubernetesResources(STATEFUL_SETS);
      // Of what somebody else defined, the API must say first what it is called.
      default -> client.genericKubernetesResources(workload.apiVersion(), workload.kind());
    };
  }

  /** All nodes of the cluster. */
  List<JsonObject> nodes() {
    return client.nodes().list().getItems().stream().map(this::json).toList();
  }

  /** All pods of the cluster that have a node. */
  List<JsonObject> pods() {
    return client
        .pods()
        .inAnyNamespace()
        .withoutField("spec.nodeName", "")
        .list()
        .getItems()
        .stream()
        .map(this::json)
        .toList();
  }

  /** Whether there is such an object. */
  boolean has(ResourceDefinitionContext kind, String name) {
    return client.genericKubernetesResources(kind).inNamespace(namespace).withName(name).get()
        != null;
  }

  /** The events of an object that say that something is wrong with it. */
  List<Event> warnings(JsonObject object) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.uid", Fields.text(Fields.in(object, "metadata"), "uid"))
        .withField("type", "Warning")
        .list()
        .getItems();
  }

  /** The same object as JSON. */
  public JsonObject json(HasMetadata object) {
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
