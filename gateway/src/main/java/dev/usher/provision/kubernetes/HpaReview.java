package dev.usher.provision.kubernetes;

import dev.usher.provision.Scaling;
import dev.usher.provision.kubernetes.ScalerVerdict.Limit;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What keeps a HorizontalPodAutoscaler from doing what Usher says. */
final class HpaReview {
  private final JsonObject spec;
  private final JsonObject status;
  private final ScalerVerdict verdict;

  private HpaReview(JsonObject hpa) {
    this.spec = Fields.in(hpa, "spec");
    this.status = Fields.in(hpa, "status");
    this.verdict = new ScalerVerdict(Fields.named("HorizontalPodAutoscaler", hpa));
  }

  /** Of one that somebody wrote. */
  static ScalerVerdict of(JsonObject hpa, Scaling scaling) {
    HpaReview review = new HpaReview(hpa);
    review.metrics();
    review.verdict.limits(
        scaling, Limit.in(review.spec, "minReplicas", 1), Limit.in(review.spec, "maxReplicas", 1));
    ScaleUpReview.of(
        Fields.in(review.spec, "behavior", "scaleUp"), "behavior.scaleUp", review.verdict);
    OwnersReview.ofLeast(hpa, "minReplicas", scaling.floor() != Scaling.Floor.OFF, review.verdict);
    review.conditions();
    return review.verdict;
  }

  /** Of the one that KEDA made of a ScaledObject: only how it does. */
  static ScalerVerdict ofKeda(JsonObject hpa) {
    HpaReview review = new HpaReview(hpa);
    review.conditions();
    return review.verdict;
  }

  private void metrics() {
    List<JsonObject> external =
        Fields.all(spec, "metrics").stream()
            .filter(metric -> Fields.text(metric, "type").equals("External"))
            .map(metric -> Fields.in(metric, "external"))
            .toList();
    if (external.isEmpty()) {
      verdict.note(
          "reads no external metric, so it does not follow what Usher says: it sees a crowd when"
              + " it is inside");
    }
    for (JsonObject metric : external) {
      String name = Fields.text(Fields.in(metric, "metric"), "name");
      JsonObject target = Fields.in(metric, "target");
      String type = Fields.text(target, "type");
      String value = Fields.text(target, "averageValue");
      if (name.contains("desired") && !(type.equals("AverageValue") && value.equals("1"))) {
        verdict.wrong(
            "the target of %s must be an AverageValue of 1 but was %s of %s: the number would be"
                + " multiplied with the pods, or divided",
            name, type, value.isEmpty() ? Fields.text(target, "value") : value);
      }
    }
  }

  private void conditions() {
    for (JsonObject condition : Fields.all(status, "conditions")) {
      String type = Fields.text(condition, "type");
      boolean is = Fields.text(condition, "status").equals("True");
      String reason = Fields.text(condition, "reason");
      String why = Fields.text(condition, "message");
      if ((type.equals("ScalingActive") || type.equals("AbleToScale")) && !is) {
        verdict.wrong("must be able to scale but is not: %s: %s", reason, why);
      } else if (type.equals("ScalingLimited") && is && reason.equals("TooManyReplicas")) {
        verdict.wrong(
            "more than %s pods are wanted, and maxReplicas is %s",
            Fields.text(status, "desiredReplicas"), Fields.text(spec, "maxReplicas"));
      }
    }
  }
}
