package dev.usher.provision.floor;

import dev.usher.provision.kubernetes.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An object in an API server, as far as floors are concerned: whoever changes a field owns it, and
 * nobody else does from then on. That a real one does the same is shown on a real cluster.
 */
final class Scaled {
  static final String HELM = "helm";

  private JsonObject object;
  private int version = 1;

  private Scaled(JsonObject object) {
    this.object = object;
  }

  /** Made by Helm, with these values. */
  static Scaled of(String apiVersion, String kind, JsonObject spec) {
    JsonObject object =
        new JsonObject()
            .put("apiVersion", apiVersion)
            .put("kind", kind)
            .put(
                "metadata",
                new JsonObject()
                    .put("name", "shop")
                    .put("namespace", "tickets")
                    .put("uid", "u1")
                    .put("managedFields", new JsonArray()))
            .put("spec", new JsonObject());
    Scaled made = new Scaled(object);
    made.write(HELM, spec);
    return made;
  }

  static Scaled hpa(int min, int max) {
    return of(
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        new JsonObject().put("minReplicas", min).put("maxReplicas", max));
  }

  static Scaled scaledObject(int max) {
    return of("keda.sh/v1alpha1", "ScaledObject", new JsonObject().put("maxReplicaCount", max));
  }

  static Scaled deployment(int replicas) {
    return of("apps/v1", "Deployment", new JsonObject().put("replicas", replicas));
  }

  Live live() {
    JsonObject shown = object.copy();
    shown.getJsonObject("metadata").put("resourceVersion", String.valueOf(version));
    return new Live(shown);
  }

  /** All but what no restore can bring back: the number of its changes. */
  JsonObject everything() {
    return object.copy();
  }

  int min() {
    return live().floor();
  }

  int max() {
    return live().limit();
  }

  /** Somebody writes these fields; null takes one away. */
  void write(String manager, JsonObject spec) {
    for (String field : spec.fieldNames()) {
      Object before = object.getJsonObject("spec").getValue(field);
      if (spec.getValue(field) == null) {
        object.getJsonObject("spec").remove(field);
        disown(field, Set.of());
      } else if (!spec.getValue(field).equals(before)) {
        object.getJsonObject("spec").put(field, spec.getValue(field));
        disown(field, Set.of(manager));
        own(manager, field);
      }
    }
    version++;
  }

  /** Takes away the annotation, as a person may. */
  void withoutNote() {
    object.getJsonObject("metadata").remove("annotations");
    version++;
  }

  /** Writes something else into the annotation. */
  void note(String text) {
    object.getJsonObject("metadata").put("annotations", new JsonObject().put(Live.NOTE, text));
    version++;
  }

  /** Does what a step says. */
  void make(FloorStep step) {
    Live live = live();
    String patch = step.patch(live);
    if (patch == null) {
      return;
    }
    if (step instanceof FloorStep.Write) {
      JsonObject merge = new JsonObject(patch);
      JsonObject meta = object.getJsonObject("metadata");
      meta.put("annotations", Fields.in(merge, "metadata", "annotations"));
      entry(Ownership.USHER);
      write(Ownership.USHER, merge.getJsonObject("spec"));
    } else {
      JsonArray ops = new JsonArray(patch);
      object.getJsonObject("metadata").remove("annotations");
      object
          .getJsonObject("metadata")
          .put("managedFields", ops.getJsonObject(2).getJsonArray("value"));
      version++;
    }
  }

  private List<JsonObject> entries() {
    return Fields.all(object.getJsonObject("metadata"), "managedFields");
  }

  private JsonObject entry(String manager) {
    for (JsonObject entry : entries()) {
      if (entry.getString("manager").equals(manager)) {
        return entry;
      }
    }
    JsonObject made =
        new JsonObject()
            .put("manager", manager)
            .put("operation", manager.equals(HELM) ? "Apply" : "Update")
            .put("apiVersion", object.getString("apiVersion"))
            .put("time", "2030-01-01T00:00:00Z")
            .put("fieldsType", "FieldsV1")
            .put("fieldsV1", new JsonObject().put("f:spec", new JsonObject()));
    object.getJsonObject("metadata").getJsonArray("managedFields").add(made);
    return made;
  }

  private void own(String manager, String field) {
    entry(manager)
        .getJsonObject("fieldsV1")
        .getJsonObject("f:spec")
        .put("f:" + field, new JsonObject());
  }

  /** An entry that owns nothing any more goes, as in a real one. */
  private void disown(String field, Set<String> except) {
    List<JsonObject> kept = new ArrayList<>();
    Set<String> spared = new HashSet<>(except);
    spared.add(Ownership.USHER);
    for (JsonObject entry : entries()) {
      JsonObject spec = Fields.in(entry, "fieldsV1", "f:spec");
      if (!except.contains(entry.getString("manager"))) {
        spec.remove("f:" + field);
      }
      if (!spec.isEmpty() || spared.contains(entry.getString("manager"))) {
        kept.add(entry);
      }
    }
    object.getJsonObject("metadata").put("managedFields", new JsonArray(kept));
  }
}
