package dev.usher.provision.kubernetes;

import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.Scaling;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads back who adds the pods of an upstream, and finds out whether they follow what Usher says.
 * It needs rights that a running Usher does not, and says so where whoever asks has none.
 */
public final class ScalerCheck {
  private static final ResourceDefinitionContext SCALED_OBJECTS =
      resource("keda.sh", "v1alpha1", "ScaledObject", "scaledobjects");
  private static final ResourceDefinitionContext HPAS =
      resource("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
  private static final ResourceDefinitionContext REPLICA_SETS =
      resource("apps", "v1", "ReplicaSet", "replicasets");

  private final KubernetesClient client;
  private final String namespace;
  private final List<String> wrong = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * What was found.
   *
   * @param wrong a sentence for each thing that keeps pods from being added as Usher says
   * @param notes what is merely to be known
   */
  public record Found(List<String> wrong, List<String> notes) {
    public Found {
      wrong = List.copyOf(wrong);
      notes = List.copyOf(notes);
    }
  }

  /** What is scaled. */
  private record Workload(String kind, String name) {
    @Override
    public String toString() {
      return kind + " " + name;
    }
  }

  private ScalerCheck(Cluster cluster, String namespace) {
    this.client = cluster.client();
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

  /** Looks at an upstream whose service is there. Blocks until the API has answered. */
  public static Found of(
      Cluster cluster, String upstream, KubernetesOptions options, Scaling scaling) {
    ScalerCheck check = new ScalerCheck(cluster, cluster.namespaceOf(options));
    try {
      check.look(upstream, options.service(), scaling);
    } catch (KubernetesClientException e) {
      check.notes.add("who adds the pods was not looked at: " + e.getMessage());
    }
    return new Found(
        check.wrong.stream().map(text -> said(upstream, text)).toList(),
        check.notes.stream().map(text -> said(upstream, text)).toList());
  }

  private static String said(String upstream, String text) {
    return "upstreams." + upstream + ".scaling: " + text;
  }

  private void look(String upstream, String service, Scaling scaling) {
    Workload workload = workload(service);
    if (workload == null) {
      notes.add("no pod of the service is there that something else made: nothing can add pods");
      return;
    }
    List<JsonObject> scaled = of(workload, all(SCALED_OBJECTS));
    List<JsonObject> hpas = of(workload, all(HPAS));
    for (JsonObject object : scaled) {
      take(ScaledObjectReview.of(object, upstream, scaling));
      owned(object, hpas);
    }
    List<JsonObject> own = hpas.stream().filter(hpa -> HpaReview.ownedBy(hpa).isEmpty()).toList();
    own.forEach(hpa -> take(HpaReview.of(hpa, scaling)));
    if (scaled.size() + own.size() > 1) {
      wrong.add(
          "one must say how many pods of "
              + workload
              + " there are, but several do: "
              + String.join(", ", names(scaled, own)));
    } else if (scaled.isEmpty() && own.isEmpty()) {
      notes.add(
          "nothing reads how many pods of "
              + workload
              + " there should be: see docs/scaling.md for KEDA or an HPA");
    }
  }

  private static List<String> names(List<JsonObject> scaled, List<JsonObject> hpas) {
    List<String> names = new ArrayList<>();
    scaled.forEach(object -> names.add(Fields.named("ScaledObject", object)));
    hpas.forEach(hpa -> names.add(Fields.named("HorizontalPodAutoscaler", hpa)));
    return names;
  }

  /** The HPA that KEDA made of it, with the limits that it was told. */
  private void owned(JsonObject object, List<JsonObject> hpas) {
    String name = Fields.text(Fields.in(object, "metadata"), "name");
    JsonObject made =
        hpas.stream().filter(hpa -> HpaReview.ownedBy(hpa).equals(name)).findFirst().orElse(null);
    if (made == null) {
      wrong.add(
          Fields.named("ScaledObject", object)
              + ": KEDA must have made an HPA of it but has not: is the operator running?");
      return;
    }
    take(HpaReview.ofKeda(made));
    Integer told = Fields.in(object, "spec").getInteger("maxReplicaCount");
    Integer passed = Fields.in(made, "spec").getInteger("maxReplicas");
    if (told != null && !told.equals(passed)) {
      wrong.add(
          Fields.named("ScaledObject", object)
              + ": KEDA must have passed on maxReplicaCount, "
              + told
              + ", but its HPA has "
              + passed
              + ": a trigger that cannot be built keeps it from that");
    }
  }

  private void take(ScalerVerdict verdict) {
    wrong.addAll(verdict.wrong());
    notes.addAll(verdict.notes());
  }

  /** What made the pods of the service; null where nothing did, or there is no pod. */
  private @Nullable Workload workload(String service) {
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
    return new Workload(owner.getKind(), owner.getName());
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

  private List<JsonObject> all(ResourceDefinitionContext kind) {
    try {
      return client
          .genericKubernetesResources(kind)
          .inNamespace(namespace)
          .list()
          .getItems()
          .stream()
          .map(object -> new JsonObject(client.getKubernetesSerialization().asJson(object)))
          .toList();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return List.of(); // The cluster does not know the kind.
      }
      throw e;
    }
  }

  private static List<JsonObject> of(Workload workload, List<JsonObject> scalers) {
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
}
