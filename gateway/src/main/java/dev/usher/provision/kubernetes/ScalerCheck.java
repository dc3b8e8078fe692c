package dev.usher.provision.kubernetes;

import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.Scaling;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads back who adds the pods of an upstream, and finds out whether they follow what Usher says.
 * It needs rights that a running Usher does not, and says so where whoever asks has none.
 */
public final class ScalerCheck {
  private final Scalers scalers;
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

  private ScalerCheck(Scalers scalers) {
    this.scalers = scalers;
  }

  /** Looks at an upstream whose service is there. Blocks until the API has answered. */
  public static Found of(
      Cluster cluster, String upstream, KubernetesOptions options, Scaling scaling) {
    ScalerCheck check =
        new ScalerCheck(new Scalers(cluster.client(), cluster.namespaceOf(options)));
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
    Scalers.Workload workload = scalers.workload(service);
    if (workload == null) {
      notes.add("no pod of the service is there that something else made: nothing can add pods");
      return;
    }
    List<JsonObject> scaled = Scalers.of(workload, scalers.all(Scalers.SCALED_OBJECTS));
    List<JsonObject> hpas = Scalers.of(workload, scalers.all(Scalers.HPAS));
    for (JsonObject object : scaled) {
      take(ScaledObjectReview.of(object, upstream, scaling));
      take(KedaWords.of(object, scalers));
      owned(object, hpas);
    }
    List<JsonObject> own = hpas.stream().filter(hpa -> Scalers.ownedBy(hpa).isEmpty()).toList();
    own.forEach(hpa -> take(HpaReview.of(hpa, scaling)));
    if (scaled.size() + own.size() > 0) {
      size(workload);
    }
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

  /** Who else writes the size of what is scaled. */
  private void size(Scalers.Workload workload) {
    try {
      JsonObject object = scalers.get(workload);
      if (object != null) {
        take(OwnersReview.ofSize(workload, object));
      }
    } catch (KubernetesClientException e) {
      notes.add("who owns spec.replicas of " + workload + " was not looked at: " + e.getMessage());
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
        hpas.stream().filter(hpa -> Scalers.ownedBy(hpa).equals(name)).findFirst().orElse(null);
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
}
