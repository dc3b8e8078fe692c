package dev.usher.provision.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one pod asks of its node.
 *
 * @param requests what it asks for, by resource, one place among the pods included
 * @param limits the most that it may use, by resource
 */
record PodAsk(Map<String, BigDecimal> requests, Map<String, BigDecimal> limits) {
  /** A node holds only so many pods, whatever they ask for. */
  static final String PODS = "pods";

  static PodAsk of(JsonObject podSpec) {
    Map<String, BigDecimal> requests = new TreeMap<>(Map.of(PODS, BigDecimal.ONE));
    Map<String, BigDecimal> limits = new TreeMap<>();
    for (JsonObject container : Fields.all(podSpec, "containers")) {
      JsonObject limit = Fields.in(container, "resources", "limits");
      add(limits, limit);
      // Who says no more than a limit asks for that.
      add(requests, limit.copy().mergeIn(Fields.in(container, "resources", "requests")));
    }
    return new PodAsk(requests, limits);
  }

  private static void add(Map<String, BigDecimal> sum, JsonObject amounts) {
    amounts(amounts).forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
  }

  /** The amounts of an object that has one a resource. */
  static Map<String, BigDecimal> amounts(JsonObject amounts) {
    return amounts.stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each -> new Quantity(String.valueOf(each.getValue())).getNumericalAmount()));
  }

  /** What a quota counts by this name for each pod; zero if that is something else. */
  BigDecimal counted(String quota) {
    String name = quota.replaceFirst("^(requests|limits|count)[./]", "");
    Map<String, BigDecimal> from = quota.startsWith("limits.") ? limits : requests;
    return from.getOrDefault(name, BigDecimal.ZERO);
  }
}
