package dev.usher.helm.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;

/** An object that says how many pods there are, as others than Usher see and write it. */
final class Owner {
  /** Changes with every request, or with the pods: no restore can bring it back. */
  private static final List<String> COUNTED = List.of("resourceVersion", "generation");

  private final KubernetesClient client;
  private final String namespace;
  private final String apiVersion;
  private final String kind;
  private final String name;
  private final String min;

  /**
   * @param object its API version, kind and name
   * @param min the field that is its floor
   */
  Owner(KubernetesClient client, String namespace, String object, String min) {
    String[] words = object.split(" ", -1);
    this.client = client;
    this.namespace = namespace;
    this.apiVersion = words[0];
    this.kind = words[1];
    this.name = words[2];
    this.min = min;
  }

  private Resource<GenericKubernetesResource> resource() {
    return client
        .genericKubernetesResources(apiVersion, kind)
        .inNamespace(namespace)
        .withName(name);
  }

  JsonNode now() {
    return client.getKubernetesSerialization().convertValue(resource().get(), JsonNode.class);
  }

  /** All of it, ownership included, but for what its controller says of the pods. */
  JsonNode everything() {
    ObjectNode all = now().deepCopy();
    all.remove("status");
    ObjectNode meta = (ObjectNode) all.get("metadata");
    meta.remove(COUNTED);
    List<JsonNode> kept = new ArrayList<>();
    meta.get("managedFields").forEach(kept::add);
    kept.removeIf(entry -> entry.path("subresource").asText().equals("status"));
    ArrayNode owners = meta.putArray("managedFields");
    owners.addAll(kept);
    return all;
  }

  int min() {
    return now().at("/spec/" + min).asInt();
  }

  boolean isNoted() {
    return !now().at("/metadata/annotations/usher.dev~1floor").isMissingNode();
  }

  /** Writes the floor as a person does by {@code kubectl edit}. */
  void edit(String manager, int pods) {
    patch(manager, "{\"spec\": {\"" + min + "\": " + pods + "}}");
  }

  void patch(String manager, String merge) {
    resource()
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(manager)
                .build(),
            merge);
  }

  void delete() {
    resource().delete();
  }
}
