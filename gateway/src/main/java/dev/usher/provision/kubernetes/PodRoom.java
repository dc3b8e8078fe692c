package dev.usher.provision.kubernetes;

import dev.usher.pods.kubernetes.ApiTrouble;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.PlanWarning;
import dev.usher.provision.Scaling;
import dev.usher.provision.Scaling.Floor;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What keeps a cluster from having many pods of an upstream: the limit of what scales them, the
 * quotas of their namespace, the nodes. It only reads, as whoever asks.
 */
public final class PodRoom {
  private final List<PlanWarning> always = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private final List<JsonObject> quotas = new ArrayList<>();

  /** Usher itself raises a limit so far; 0 if it does not. */
  private final int raisedTo;

  private final String address;

  private PodAsk ask = PodAsk.of(new JsonObject());
  private int now;
  private long onNodes = Long.MAX_VALUE;

  /** How many pods there may be, and who says so. */
  private record Limit(String object, String field, int most) {}

  private interface Look {
    void look();
  }

  private PodRoom(int raisedTo, String address) {
    this.raisedTo = raisedTo;
    this.address = address;
  }

  /** Looks at the cluster. Blocks until the API has answered. */
  public static PodRoom of(Cluster cluster, KubernetesOptions service, Scaling scaling) {
    Scalers scalers = new Scalers(cluster.client(), cluster.namespaceOf(service));
    boolean raises = scaling.floor() != Floor.OFF && scaling.floor() != Floor.TRY;
    PodRoom room = new PodRoom(raises ? scaling.max() : 0, cluster.address());
    room.asFarAsAllowed(() -> room.look(scalers, service.service()));
    return room;
  }

  private void asFarAsAllowed(Look look) {
    try {
      look.look();
    } catch (KubernetesClientException e) {
      ApiTrouble trouble = ApiTrouble.of(e);
      note(
          "not all of the cluster was looked at: "
              + trouble.problem()
              + " (asked at "
              + address
              + "; outside a pod KUBECONFIG says where it is)");
    }
  }

  private void look(Scalers scalers, String service) {
    Scalers.Workload workload = scalers.workload(service);
    JsonObject object = workload == null ? null : scalers.get(workload);
    if (workload == null || object == null) {
      note(
          "no pod of service "
              + service
              + " is there that something else made, so it is not known what limits them");
      return;
    }
    JsonObject pod = Fields.in(object, "spec", "template", "spec");
    now = Fields.in(object, "spec").getInteger("replicas", 1);
    ask = PodAsk.of(pod);
    asFarAsAllowed(() -> limits(scalers, workload));
    asFarAsAllowed(() -> quotas.addAll(scalers.all(Scalers.QUOTAS)));
    asFarAsAllowed(() -> budgets(scalers, Fields.in(object, "spec", "template", "metadata")));
    asFarAsAllowed(() -> onNodes = new NodeRoom(scalers.nodes(), scalers.pods(), pod, ask).room());
  }

  private void note(String sentence) {
    always.add(PlanWarning.note(sentence));
  }

  private void limits(Scalers scalers, Scalers.Workload workload) {
    for (JsonObject object : Scalers.of(workload, scalers.all(Scalers.SCALED_OBJECTS))) {
      limit("ScaledObject", object, "maxReplicaCount");
    }
    for (JsonObject hpa : Scalers.of(workload, scalers.all(Scalers.HPAS))) {
      if (Scalers.ownedBy(hpa).isEmpty()) {
        limit("HorizontalPodAutoscaler", hpa, "maxReplicas");
      }
    }
  }

  private void limit(String kind, JsonObject object, String field) {
    int byDefault = kind.equals("ScaledObject") ? 100 : 1;
    int most = Fields.in(object, "spec").getInteger(field, byDefault);
    limits.add(new Limit(Fields.named(kind, object), field, most));
  }

  private void budgets(Scalers scalers, JsonObject podMetadata) {
    JsonObject labels = Fields.in(podMetadata, "labels");
    List<JsonObject> budgets =
        scalers.all(Scalers.BUDGETS).stream()
            .filter(budget -> covers(Fields.in(budget, "spec", "selector", "matchLabels"), labels))
            .toList();
    if (budgets.isEmpty()) {
      note(
          "no PodDisruptionBudget covers the pods: who drains nodes in the sale may take all of"
              + " them at once");
    }
    for (JsonObject budget : budgets) {
      if (Fields.text(Fields.in(budget, "spec"), "maxUnavailable").matches("0%?")) {
        note(
            Fields.named("PodDisruptionBudget", budget)
                + ": maxUnavailable is 0, so no node with such a pod can be drained, nor replaced"
                + " by a cluster autoscaler");
      }
    }
  }

  private static boolean covers(JsonObject selector, JsonObject labels) {
    return !selector.isEmpty()
        && selector.stream()
            .allMatch(each -> each.getValue().equals(labels.getValue(each.getKey())));
  }

  /** What keeps so many pods from being there, and what else is to be known. */
  public List<PlanWarning> warnings(int pods) {
    List<String> found = new ArrayList<>();
    for (Limit limit : limits) {
      if (Math.max(limit.most(), raisedTo) < pods) {
        found.add(
            "%s: %s must be at least %d, for so many pods are wanted, but was %d"
                .formatted(limit.object(), limit.field(), pods, limit.most()));
      }
    }
    int more = Math.max(0, pods - now);
    quotas.forEach(quota -> quota(quota, more, found));
    if (onNodes < more) {
      found.add(
          "%d more pods are wanted, and the nodes that there are have room for %d: a cluster"
                  .formatted(more, onNodes)
              + " autoscaler takes minutes to bring one, so have them there before");
    }
    return Stream.concat(found.stream().map(PlanWarning::unready), always.stream()).toList();
  }

  private void quota(JsonObject quota, int more, List<String> found) {
    JsonObject spec = Fields.in(quota, "spec");
    if (spec.containsKey("scopes") || spec.containsKey("scopeSelector")) {
      return; // Of some pods only.
    }
    Map<String, BigDecimal> used = PodAsk.amounts(Fields.in(quota, "status", "used"));
    PodAsk.amounts(Fields.in(quota, "spec", "hard"))
        .forEach(
            (name, hard) -> {
              BigDecimal is = used.getOrDefault(name, BigDecimal.ZERO);
              BigDecimal each = ask.counted(name);
              BigDecimal wanted = is.add(each.multiply(BigDecimal.valueOf(more)));
              if (each.signum() > 0 && wanted.compareTo(hard) > 0) {
                found.add(
                    "%s: %s must be at least %s, with %d more pods, but was %s"
                        .formatted(
                            Fields.named("ResourceQuota", quota),
                            name,
                            wanted.stripTrailingZeros().toPlainString(),
                            more,
                            hard.stripTrailingZeros().toPlainString()));
              }
            });
  }
}
