package dev.usher.provision.kubernetes;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many more pods the nodes have room for: by what pods ask for, node selectors and taints.
 * Affinity and priorities are left out, so there may be fewer.
 *
 * @param nodes all nodes
 * @param pods all pods of the cluster
 * @param wanted the spec of a pod that is wanted
 * @param ask what it asks for
 */
record NodeRoom(List<JsonObject> nodes, List<JsonObject> pods, JsonObject wanted, PodAsk ask) {
  long room() {
    Map<String, Map<String, BigDecimal>> used = new HashMap<>();
    for (JsonObject pod : pods) {
      String phase = Fields.text(Fields.in(pod, "status"), "phase");
      JsonObject spec = Fields.in(pod, "spec");
      if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
        var sum = used.computeIfAbsent(Fields.text(spec, "nodeName"), name -> new HashMap<>());
        PodAsk.of(spec)
            .requests()
            .forEach((name, asked) -> sum.merge(name, asked, BigDecimal::add));
      }
    }
    return nodes.stream()
        .filter(this::takes)
        .mapToLong(
            node ->
                room(
                    PodAsk.amounts(Fields.in(node, "status", "allocatable")),
                    used.getOrDefault(Fields.text(Fields.in(node, "metadata"), "name"), Map.of())))
        .sum();
  }

  private long room(Map<String, BigDecimal> has, Map<String, BigDecimal> used) {
    return ask.requests().entrySet().stream()
        .filter(asked -> asked.getValue().signum() > 0)
        .mapToLong(
            asked ->
                has.getOrDefault(asked.getKey(), BigDecimal.ZERO)
                    .subtract(used.getOrDefault(asked.getKey(), BigDecimal.ZERO))
                    .max(BigDecimal.ZERO)
                    .divide(asked.getValue(), 0, RoundingMode.FLOOR)
                    .longValue())
        .min()
        .orElse(0);
  }

  private boolean takes(JsonObject node) {
    JsonObject spec = Fields.in(node, "spec");
    JsonObject labels = Fields.in(node, "metadata", "labels");
    boolean ready =
        Fields.all(Fields.in(node, "status"), "conditions").stream()
            .anyMatch(
                is ->
                    Fields.text(is, "type").equals("Ready")
                        && Fields.text(is, "status").equals("True"));
    return ready
        && !spec.getBoolean("unschedulable", false)
        && Fields.in(wanted, "nodeSelector").stream()
            .allMatch(each -> each.getValue().equals(labels.getValue(each.getKey())))
        && Fields.all(spec, "taints").stream().allMatch(this::tolerates);
  }

  private boolean tolerates(JsonObject taint) {
    if (Fields.text(taint, "effect").equals("PreferNoSchedule")) {
      return true;
    }
    return Fields.all(wanted, "tolerations").stream()
        .anyMatch(
            toleration ->
                is(toleration, taint, "effect")
                    && is(toleration, taint, "key")
                    && (Fields.text(toleration, "operator").equals("Exists")
                        || Fields.text(toleration, "value").equals(Fields.text(taint, "value"))));
  }

  /** One that names nothing is for all. */
  private static boolean is(JsonObject toleration, JsonObject taint, String field) {
    String named = Fields.text(toleration, field);
    return named.isEmpty() || named.equals(Fields.text(taint, field));
  }
}
