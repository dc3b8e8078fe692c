package dev.usher.provision.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.provision.Scaling;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with a ScaledObject is named, and one that is right is left alone. */
final class ScaledObjectReviewTest {
  private static final String IS = "ScaledObject shop/usher-shop: ";

  private static JsonObject object() {
    return new JsonObject(
        """
        {"metadata": {"name": "usher-shop", "namespace": "shop", "annotations": {}},
         "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "shop"},
           "minReplicaCount": 2, "maxReplicaCount": 30,
           "fallback": {"replicas": 2, "behavior": "currentReplicasIfHigher"},
           "advanced": {"horizontalPodAutoscalerConfig": {"behavior": {"scaleUp": {
             "stabilizationWindowSeconds": 0, "policies": []}}}},
           "triggers": [
             {"type": "metrics-api", "metricType": "AverageValue", "useCachedMetrics": false,
              "metadata": {"valueLocation": "desired", "targetValue": "1",
                "url": "http://usher-ops.gate.svc:9090/api/upstreams/shop/desired-replicas"}},
             {"type": "cpu", "metricType": "Utilization", "metadata": {"value": "70"}}]},
         "status": {"hpaName": "keda-hpa-usher-shop",
           "conditions": [{"type": "Ready", "status": "True", "message": "all is well"},
             {"type": "Fallback", "status": "False"}],
           "health": {"s0-metric-api-desired": {"status": "Happy", "numberOfFailures": 0}}}}
        """);
  }

  private static ScalerVerdict verdict(JsonObject object, int max) {
    Scaling scaling = new Scaling(1, max, Duration.ofMinutes(5), Duration.ofMinutes(1));
    return ScaledObjectReview.of(object, "shop", scaling);
  }

  private static List<String> wrong(JsonObject object) {
    return verdict(object, Scaling.UNBOUNDED).wrong();
  }

  private static JsonObject trigger(JsonObject object) {
    return object.getJsonObject("spec").getJsonArray("triggers").getJsonObject(0);
  }

  @Test
  void theOneThatTheChartMakesIsRight() {
    assertThat(wrong(object())).isEmpty();
    assertThat(verdict(object(), 30).notes()).isEmpty();
  }

  @Test
  void aNumberThatWouldBeMultipliedOrDividedIsNamed() {
    JsonObject object = object();
    trigger(object).put("metricType", "Value").put("useCachedMetrics", true);
    trigger(object)
        .getJsonObject("metadata")
        .put("targetValue", "10")
        .put("valueLocation", "queue");
    assertThat(wrong(object))
        .containsExactly(
            IS
                + "metricType must be AverageValue but was Value: Usher's number would be"
                + " multiplied with the pods that there are",
            IS + "targetValue must be \"1\" but was \"10\": Usher's number would be divided by it",
            IS + "valueLocation must be desired but was \"queue\"",
            IS + "useCachedMetrics must be false but was true: a crowd would be seen late");
  }

  @Test
  void oneThatReadsSomethingElseDoesNotFollow() {
    JsonObject object = object();
    trigger(object)
        .getJsonObject("metadata")
        .put("url", "http://usher-ops.gate.svc:9090/api/upstreams/tickets/desired-replicas");
    assertThat(wrong(object))
        .singleElement()
        .asString()
        .contains("a url that ends in /api/upstreams/shop/desired-replicas but has none");
    object.getJsonObject("spec").remove("triggers");
    assertThat(wrong(object)).hasSize(1);
  }

  @Test
  void whatTakesPodsAwayWhileUsherIsRolledIsNamed() {
    JsonObject object = object();
    object.getJsonObject("spec").getJsonObject("fallback").remove("behavior");
    assertThat(wrong(object))
        .singleElement()
        .asString()
        .contains("must be currentReplicasIfHigher but was static, by default", "beyond 2");
    object.getJsonObject("spec").remove("fallback");
    assertThat(wrong(object)).isEmpty();
    assertThat(verdict(object, 0).notes()).singleElement().asString().contains("no fallback");
  }

  @Test
  void aPauseThatDeletesTheHpaIsNamedAndOneThatHoldsASizeIsNot() {
    JsonObject object = object();
    JsonObject annotations = object.getJsonObject("metadata").getJsonObject("annotations");
    annotations.put("autoscaling.keda.sh/paused-scale-in", "true");
    assertThat(wrong(object)).isEmpty();
    annotations.put("autoscaling.keda.sh/paused-replicas", "5");
    assertThat(wrong(object)).singleElement().asString().contains("takes the HPA away");
  }

  @Test
  void aLimitBelowThatOfTheConfigurationIsNamed() {
    assertThat(verdict(object(), 40).wrong())
        .containsExactly(IS + "maxReplicaCount must be at least scaling.max, 40, but was 30");
    JsonObject object = object();
    object.getJsonObject("spec").put("minReplicaCount", 30);
    assertThat(wrong(object))
        .containsExactly(IS + "maxReplicaCount must be above minReplicaCount but was 30");
  }

  @Test
  void aTriggerThatCannotBeBuiltAndAMetricThatFailsAreNamed() {
    JsonObject object = object();
    JsonObject status = object.getJsonObject("status");
    status.put(
        "conditions",
        JsonArray.of(
            new JsonObject()
                .put("type", "Ready")
                .put("reason", "ScaledObjectCheckFailed")
                .put("status", "False")
                .put("message", "error parsing prometheus metadata"),
            new JsonObject()
                .put("type", "Fallback")
                .put("status", "True")
                .put("message", "at least one trigger is falling back")));
    status
        .getJsonObject("health")
        .getJsonObject("s0-metric-api-desired")
        .put("status", "Failing")
        .put("numberOfFailures", 7);
    assertThat(wrong(object))
        .containsExactly(
            IS
                + "must be Ready but is not: error parsing prometheus metadata. While one trigger"
                + " cannot be built, KEDA makes no HPA; one that it made before goes on as it was"
                + " told then, and hears of no change",
            IS + "must get an answer but falls back: at least one trigger is falling back",
            IS
                + "metric s0-metric-api-desired must answer but failed 7 times in a row: no pod is"
                + " added for those who wait");
  }

  @Test
  void withoutAnotherTriggerNobodySeesWhatDoesNotComeThroughUsher() {
    JsonObject object = object();
    object.getJsonObject("spec").getJsonArray("triggers").remove(1);
    assertThat(wrong(object)).isEmpty();
    assertThat(verdict(object, 0).notes()).singleElement().asString().contains("no trigger but");
  }

  @Test
  void aTriggerOfSomebodyElseThatFailsKeepsPodsAndAddsThoseThatUsherAsksFor() {
    JsonObject object = object();
    object
        .getJsonObject("status")
        .getJsonObject("health")
        .put("s1-prometheus", new JsonObject().put("status", "Failing").put("numberOfFailures", 3));
    assertThat(wrong(object))
        .containsExactly(
            IS
                + "metric s1-prometheus must answer but failed 3 times in a row: pods are added as"
                + " Usher says, but none is taken away");
  }

  @Test
  void rulesForGrowthThatKeepPodsAwayAreNamedWhereTheyAreSet() {
    String path = "advanced.horizontalPodAutoscalerConfig.behavior.scaleUp";
    JsonObject object = object();
    JsonObject advanced = object.getJsonObject("spec").getJsonObject("advanced");
    Fields.in(advanced, "horizontalPodAutoscalerConfig", "behavior", "scaleUp")
        .put("stabilizationWindowSeconds", 30)
        .put("tolerance", "0.25");
    assertThat(wrong(object))
        .hasSize(2)
        .anyMatch(each -> each.contains(path + ".stabilizationWindowSeconds must be 0 but was 30"))
        .anyMatch(each -> each.contains(path + ".tolerance must be at most 0.1 but was 0.25"));
    object.getJsonObject("spec").remove("advanced");
    assertThat(wrong(object)).isEmpty();
    assertThat(verdict(object, 0).notes()).singleElement().asString().contains("no " + path);
  }
}
