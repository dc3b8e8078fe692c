package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** KEDA is told what to scale, and takes Usher's number as it is. */
final class KedaTest {
  private static final String SHOP =
      """
      config:
        upstreams: {shop: {pods: null, kubernetes: {service: web, namespace: tickets}}}
      scaling: {keda: {enabled: true}}
      """;

  private static JsonNode scaled(String... more) {
    String[] values = new String[more.length + 2];
    values[0] = Chart.LEAST;
    values[1] = SHOP;
    System.arraycopy(more, 0, values, 2, more.length);
    return Chart.objects(values).one("ScaledObject", "usher-shop");
  }

  @Test
  void withoutBeingAskedNothingIsScaled() {
    assertThat(Chart.objects(Chart.LEAST).has("ScaledObject")).isFalse();
  }

  @Test
  void theDeploymentOfTheServicesNameIsScaledWhereItIs() {
    JsonNode object = scaled();
    assertThat(object.at("/metadata/namespace").asText()).isEqualTo("tickets");
    assertThat(object.at("/spec/scaleTargetRef").toString())
        .isEqualTo("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"web\"}");
  }

  @Test
  void theNumberIsTakenAsItIsFromTheOpsPort() {
    JsonNode trigger = scaled("config: {ops: {port: 9191}}").at("/spec/triggers/0");
    assertThat(trigger.at("/type").asText()).isEqualTo("metrics-api");
    assertThat(trigger.at("/metricType").asText()).isEqualTo("AverageValue");
    assertThat(trigger.at("/useCachedMetrics").asBoolean(true)).isFalse();
    assertThat(trigger.at("/metadata/valueLocation").asText()).isEqualTo("desired");
    assertThat(trigger.at("/metadata/targetValue").asText()).isEqualTo("1");
    assertThat(trigger.at("/metadata/url").asText())
        .isEqualTo("http://usher-ops.gate.svc:9191/api/upstreams/shop/desired-replicas");
  }

  @Test
  void whileUsherDoesNotAnswerThePodsStay() {
    JsonNode fallback = scaled("scaling: {keda: {minReplicas: 4}}").at("/spec/fallback");
    assertThat(fallback.at("/behavior").asText()).isEqualTo("currentReplicasIfHigher");
    assertThat(fallback.at("/replicas").asInt()).isEqualTo(4);
    assertThat(scaled().at("/spec/advanced/restoreToOriginalReplicaCount").asBoolean(true))
        .isFalse();
  }

  @Test
  void theProcessorStaysTheSafetyNetUnlessThePodsAskForNone() {
    assertThat(scaled().at("/spec/triggers/1/metadata/value").asText()).isEqualTo("70");
    assertThat(scaled("scaling: {keda: {cpuPercent: 0}}").at("/spec/triggers")).hasSize(1);
    assertThat(scaled("scaling: {keda: {targets: {shop: {cpuPercent: 0}}}}").at("/spec/triggers"))
        .hasSize(1);
  }

  @Test
  void anUpstreamMayBeScaledInItsOwnWay() {
    String own =
        "scaling: {keda: {targets: {shop: {kind: StatefulSet, name: db, maxReplicas: 9}}}}";
    JsonNode spec = scaled(own).get("spec");
    assertThat(spec.at("/scaleTargetRef/kind").asText()).isEqualTo("StatefulSet");
    assertThat(spec.at("/scaleTargetRef/name").asText()).isEqualTo("db");
    assertThat(spec.get("minReplicaCount").asInt()).isEqualTo(2);
    assertThat(spec.get("maxReplicaCount").asInt()).isEqualTo(9);
    assertThatThrownBy(() -> scaled("scaling: {keda: {targets: {shop: {maxReplicas: 1}}}}"))
        .hasMessageContaining(
            "scaling.keda.maxReplicas must be at least minReplicas, 2, but was 1");
  }

  @Test
  void theNetworkPolicyLetsKedaAsk() {
    JsonNode policy =
        Chart.objects(Chart.LEAST, SHOP, "networkPolicy: {enabled: true}")
            .one("NetworkPolicy", "usher");
    assertThat(policy.findValues("kubernetes.io/metadata.name"))
        .extracting(JsonNode::asText)
        .containsAll(List.of("keda"));
  }
}
