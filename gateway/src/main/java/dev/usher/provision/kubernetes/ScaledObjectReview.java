package dev.usher.provision.kubernetes;

import dev.usher.provision.DesiredPath;
import dev.usher.provision.Scaling;
import dev.usher.provision.kubernetes.ScalerVerdict.Limit;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What keeps a ScaledObject of KEDA from doing what Usher says. */
final class ScaledObjectReview {
  private static final String KEDA = "autoscaling.keda.sh/";

  /** How KEDA calls it that it cannot build a trigger; of one that merely fails it says so. */
  private static final String UNBUILT = "ScaledObjectCheckFailed";

  private static final String SCALE_UP = "advanced.horizontalPodAutoscalerConfig.behavior.scaleUp";

  private static final String WHILE_UNBUILT =
      ". While one trigger cannot be built, KEDA makes no HPA; one that it made before goes on as"
          + " it was told then, and hears of no change";

  private final JsonObject spec;
  private final JsonObject status;
  private final ScalerVerdict verdict;
  private final List<JsonObject> ushers = new ArrayList<>();

  private ScaledObjectReview(JsonObject object) {
    this.spec = Fields.in(object, "spec");
    this.status = Fields.in(object, "status");
    this.verdict = new ScalerVerdict(Fields.named("ScaledObject", object));
  }

  static ScalerVerdict of(JsonObject object, String upstream, Scaling scaling) {
    ScaledObjectReview review = new ScaledObjectReview(object);
    review.annotations(Fields.in(object, "metadata", "annotations"));
    review.triggers(upstream);
    review.fallback();
    review.verdict.limits(
        scaling,
        Limit.in(review.spec, "minReplicaCount", 0),
        Limit.in(review.spec, "maxReplicaCount", 100));
    ScaleUpReview.of(Fields.in(review.spec, SCALE_UP.split("\\.")), SCALE_UP, review.verdict);
    OwnersReview.ofLeast(
        object, "minReplicaCount", scaling.floor() != Scaling.Floor.OFF, review.verdict);
    review.status();
    return review.verdict;
  }

  private void annotations(JsonObject annotations) {
    for (String name : List.of("paused", "paused-replicas")) {
      String value = Fields.text(annotations, KEDA + name);
      if (!value.isEmpty() && !value.equals("false")) {
        verdict.wrong(
            "must have no annotation %s%s but has: it takes the HPA away, and with it all growth;"
                + " to hold a size, use %spaused-scale-in",
            KEDA, name, KEDA);
      }
    }
    if (Fields.text(annotations, KEDA + "paused-scale-out").equals("true")) {
      verdict.wrong("must have no annotation %spaused-scale-out but has: no pod is added", KEDA);
    }
  }

  private void triggers(String upstream) {
    List<JsonObject> ours =
        Fields.all(spec, "triggers").stream()
            .filter(trigger -> Fields.text(trigger, "type").equals("metrics-api"))
            .filter(
                trigger ->
                    Fields.text(Fields.in(trigger, "metadata"), "url")
                        .endsWith(DesiredPath.of(upstream)))
            .toList();
    if (ours.isEmpty()) {
      verdict.wrong(
          "must have a trigger metrics-api with a url that ends in %s but has none: it does not"
              + " follow what Usher says",
          DesiredPath.of(upstream));
    }
    ushers.addAll(ours);
    ours.forEach(this::trigger);
    boolean other = Fields.all(spec, "triggers").size() > ours.size();
    if (!ours.isEmpty() && !other) {
      verdict.note("no trigger but Usher's: requests that do not come through Usher add no pod");
    }
  }

  private void trigger(JsonObject trigger) {
    String type = Fields.text(trigger, "metricType");
    if (!type.isEmpty() && !type.equals("AverageValue")) {
      verdict.wrong(
          "metricType must be AverageValue but was %s: Usher's number would be multiplied with the"
              + " pods that there are",
          type);
    }
    JsonObject metadata = Fields.in(trigger, "metadata");
    String target = Fields.text(metadata, "targetValue");
    if (!target.equals("1")) {
      verdict.wrong(
          "targetValue must be \"1\" but was \"%s\": Usher's number would be divided by it",
          target);
    }
    String field = Fields.text(metadata, "valueLocation");
    if (!field.equals("desired")) {
      verdict.wrong("valueLocation must be desired but was \"%s\"", field);
    }
    if (Fields.text(trigger, "useCachedMetrics").equals("true")) {
      verdict.wrong("useCachedMetrics must be false but was true: a crowd would be seen late");
    }
  }

  private void fallback() {
    JsonObject fallback = Fields.in(spec, "fallback");
    String behavior = Fields.text(fallback, "behavior");
    if (fallback.isEmpty()) {
      verdict.note("no fallback: while Usher does not answer the pods stay, and none is added");
    } else if (behavior.isEmpty() || behavior.equals("static")) {
      verdict.wrong(
          "fallback.behavior must be currentReplicasIfHigher but was %s: while Usher does not"
              + " answer all pods beyond %s are taken away",
          behavior.isEmpty() ? "static, by default" : behavior, Fields.text(fallback, "replicas"));
    }
  }

  private void status() {
    for (JsonObject condition : Fields.all(status, "conditions")) {
      String type = Fields.text(condition, "type");
      String is = Fields.text(condition, "status");
      String why = Fields.text(condition, "message");
      if (type.equals("Ready") && is.equals("False")) {
        verdict.wrong(
            "must be Ready but is not: %s%s",
            why, Fields.text(condition, "reason").equals(UNBUILT) ? WHILE_UNBUILT : "");
      } else if (type.equals("Fallback") && is.equals("True")) {
        verdict.wrong("must get an answer but falls back: %s", why);
      }
    }
    Fields.in(status, "health")
        .forEach(
            metric -> {
              if (metric.getValue() instanceof JsonObject health
                  && Fields.text(health, "status").equals("Failing")) {
                verdict.wrong(
                    "metric %s must answer but failed %s times in a row: %s",
                    metric.getKey(),
                    Fields.text(health, "numberOfFailures"),
                    isUshers(metric.getKey())
                        ? "no pod is added for those who wait"
                        : "pods are added as Usher says, but none is taken away");
              }
            });
  }

  /** Whether it is Usher's; KEDA names a metric by the place of its trigger, from s0 on. */
  private boolean isUshers(String metric) {
    List<JsonObject> triggers = Fields.all(spec, "triggers");
    for (int i = 0; i < triggers.size(); i++) {
      if (metric.startsWith("s" + i + "-")) {
        return ushers.contains(triggers.get(i));
      }
    }
    return false;
  }
}
