package dev.usher.provision.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.provision.Scaling;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with a HorizontalPodAutoscaler is named, and one that is right is left alone. */
final class HpaReviewTest {
  private static final String IS = "HorizontalPodAutoscaler shop/shop: ";

  private final JsonObject hpa =
      new JsonObject(
          """
          {"metadata": {"name": "shop", "namespace": "shop"},
           "spec": {"minReplicas": 2, "maxReplicas": 30,
             "metrics": [
               {"type": "External", "external": {"metric": {"name": "usher_desired_replicas"},
                 "target": {"type": "AverageValue", "averageValue": "1"}}},
               {"type": "Resource", "resource": {"name": "cpu"}}],
             "behavior": {"scaleUp": {"stabilizationWindowSeconds": 0, "policies": []}}},
           "status": {"desiredReplicas": 30, "conditions": [
             {"type": "AbleToScale", "status": "True"}, {"type": "ScalingActive", "status": "True"},
             {"type": "ScalingLimited", "status": "False", "reason": "DesiredWithinRange"}]}}
          """);
  private final JsonObject spec = hpa.getJsonObject("spec");

  private ScalerVerdict verdict(int max) {
    Scaling scaling = new Scaling(1, max, Duration.ofMinutes(5), Duration.ofMinutes(1));
    return HpaReview.of(hpa, scaling);
  }

  private void condition(String type, String status, String reason) {
    hpa.getJsonObject("status")
        .put(
            "conditions",
            JsonArray.of(
                new JsonObject()
                    .put("type", type)
                    .put("status", status)
                    .put("reason", reason)
                    .put("message", "it says why")));
  }

  @Test
  void theOneOfThePageIsRight() {
    assertThat(verdict(30).wrong()).isEmpty();
    assertThat(verdict(30).notes()).isEmpty();
  }

  @Test
  void oneThatLooksAtTheProcessorOnlyDoesNotFollow() {
    spec.getJsonArray("metrics").remove(0);
    assertThat(verdict(0).wrong()).isEmpty();
    assertThat(verdict(0).notes()).singleElement().asString().contains("reads no external metric");
  }

  @Test
  void aNumberThatWouldBeMultipliedIsNamed() {
    spec.getJsonArray("metrics")
        .getJsonObject(0)
        .getJsonObject("external")
        .put("target", new JsonObject().put("type", "Value").put("value", "1"));
    assertThat(verdict(0).wrong())
        .containsExactly(
            IS
                + "the target of usher_desired_replicas must be an AverageValue of 1 but was Value"
                + " of 1: the number would be multiplied with the pods, or divided");
  }

  @Test
  void limitsAndWindowsThatKeepPodsAwayAreNamed() {
    spec.put("maxReplicas", 2);
    spec.getJsonObject("behavior").getJsonObject("scaleUp").put("stabilizationWindowSeconds", 60);
    assertThat(verdict(40).wrong())
        .containsExactly(
            IS + "maxReplicas must be at least scaling.max, 40, but was 2",
            IS + "maxReplicas must be above minReplicas but was 2",
            IS
                + "behavior.scaleUp.stabilizationWindowSeconds must be 0 but was 60: the first pod"
                + " comes so much later");
    spec.remove("behavior");
    assertThat(verdict(0).notes()).singleElement().asString().contains("no behavior.scaleUp");
  }

  @Test
  void aToleranceWiderThanTheTenthThatUsherGoesByIsNamed() {
    JsonObject up = spec.getJsonObject("behavior").getJsonObject("scaleUp");
    for (String fine : List.of("0", "50m", "0.1", "100m")) {
      up.put("tolerance", fine);
      assertThat(verdict(30).wrong()).as(fine).isEmpty();
      assertThat(verdict(30).notes()).as(fine).isEmpty();
    }
    up.put("tolerance", "200m");
    assertThat(verdict(30).wrong())
        .containsExactly(
            IS
                + "behavior.scaleUp.tolerance must be at most 0.1 but was 200m: Usher says a number"
                + " that is a tenth above the pods there are, so the last of those that are needed"
                + " would never be added");
    up.put("tolerance", 0.11);
    assertThat(verdict(30).wrong()).hasSize(1);
  }

  private void ownedBy(String... managers) {
    JsonArray managed = new JsonArray();
    for (String manager : managers) {
      managed.add(
          new JsonObject(
              """
              {"manager": "%s", "operation": "Apply",
               "fieldsV1": {"f:spec": {"f:maxReplicas": {}, "f:minReplicas": {}}}}
              """
                  .formatted(manager)));
    }
    hpa.getJsonObject("metadata").put("managedFields", managed);
  }

  @Test
  void twoWhoWriteTheLeastSizeAreNamedAndTheOneWhoAppliesItOnlyWhereUsherRaisesIt() {
    ownedBy("helm", "usher");
    assertThat(verdict(30).wrong()).isEmpty();
    assertThat(verdict(30).notes()).isEmpty();
    Scaling raised =
        new Scaling(1, 30, Duration.ofMinutes(5), Duration.ofMinutes(1), Scaling.Floor.SCHEDULE);
    assertThat(HpaReview.of(hpa, raised).wrong()).isEmpty();
    assertThat(HpaReview.of(hpa, raised).notes())
        .containsExactly(
            IS
                + "spec.minReplicas is helm's: while Usher has raised it, its apply is refused, or"
                + " puts it back; let it skip the field, as docs/scaling.md says");
    ownedBy("helm", "kustomize-controller");
    assertThat(verdict(30).notes())
        .containsExactly(
            IS
                + "spec.minReplicas has several owners, helm and kustomize-controller: each undoes"
                + " what another writes");
  }

  @Test
  void whatItSaysOfItselfIsToldWhereItIsTrouble() {
    condition("ScalingActive", "False", "FailedGetExternalMetric");
    assertThat(HpaReview.ofKeda(hpa).wrong())
        .containsExactly(
            IS + "must be able to scale but is not: FailedGetExternalMetric: it says why");
    condition("ScalingLimited", "True", "TooManyReplicas");
    assertThat(verdict(0).wrong())
        .containsExactly(IS + "more than 30 pods are wanted, and maxReplicas is 30");
    condition("ScalingLimited", "True", "TooFewReplicas");
    assertThat(verdict(0).wrong()).isEmpty();
  }

  @Test
  void whoOwnsItIsRead() {
    assertThat(Scalers.ownedBy(hpa)).isEmpty();
    hpa.getJsonObject("metadata")
        .put(
            "ownerReferences",
            JsonArray.of(new JsonObject().put("kind", "ScaledObject").put("name", "usher-shop")));
    assertThat(Scalers.ownedBy(hpa)).isEqualTo("usher-shop");
  }
}
