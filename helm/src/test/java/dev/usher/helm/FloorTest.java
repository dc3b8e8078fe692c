package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Usher may raise floors only where it is to, and whoever takes that away gives them back first.
 */
final class FloorTest {
  private static final String NAME = "usher-floor-of-gate";
  private static final String BEFORE_IT_GOES = NAME + "-pre-delete";
  private static final String BEFORE_IT_LOSES_ITS_RIGHT = NAME + "-pre-upgrade";

  private static String shop(String floor) {
    return "config: {upstreams: {shop: {pods: null, kubernetes: {service: shop, namespace:"
        + " tickets}, scaling: {floor: "
        + floor
        + "}}}}";
  }

  /** What the last release left in the cluster. */
  private static String released(String floor) {
    return "global: {configMap: {data: {gateway.yaml: \"upstreams: {shop: {kubernetes: {service:"
        + " shop, namespace: tickets}, scaling: {floor: "
        + floor
        + "}}}\"}}}";
  }

  private static List<String> words(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  @Test
  void withoutAFloorNothingMayBeRaised() {
    for (String off : List.of("off", "\"off\"", "false")) {
      Chart.Objects objects = Chart.objects(Chart.LEAST, shop(off));
      assertThat(objects.has("Job")).isFalse();
      assertThat(objects.ofKind("Role"))
          .extracting(role -> role.at("/metadata/name").asText())
          .doesNotContain(NAME);
    }
  }

  @Test
  void whatMayBeRaisedIsPatchedWhereTheShopIsAndNowhereElse() {
    Chart.Objects objects = Chart.objects(Chart.LEAST, shop("desired"));
    JsonNode role = objects.one("Role", NAME);
    assertThat(role.at("/metadata/namespace").asText()).isEqualTo("tickets");
    assertThat(role.get("rules").valueStream().map(JsonNode::toString))
        .containsExactly(
            "{\"apiGroups\":[\"keda.sh\"],\"resources\":[\"scaledobjects\"],"
                + "\"verbs\":[\"get\",\"list\",\"patch\"]}",
            "{\"apiGroups\":[\"autoscaling\"],\"resources\":[\"horizontalpodautoscalers\"],"
                + "\"verbs\":[\"get\",\"list\",\"patch\"]}",
            "{\"apiGroups\":[\"apps\"],\"resources\":[\"replicasets\"],\"verbs\":[\"get\"]}");
    assertThat(objects.one("RoleBinding", NAME).at("/subjects/0/name").asText()).isEqualTo("usher");
  }

  @Test
  void deploymentsMayBeChangedOnlyWhereSomebodyWroteSo() {
    String may = "scaling: {raises: [deployments.apps]}";
    JsonNode rules =
        Chart.objects(Chart.LEAST, shop("schedule"), may).one("Role", NAME).get("rules");
    assertThat(rules.get(0).toString())
        .isEqualTo(
            "{\"apiGroups\":[\"apps\"],\"resources\":[\"deployments\"],"
                + "\"verbs\":[\"get\",\"list\",\"patch\"]}");
    assertThat(rules).hasSize(2);
    assertThatThrownBy(() -> Chart.text(Chart.LEAST, "scaling: {raises: [deployments]}"))
        .hasMessageContaining("scaling");
  }

  @Test
  void anUninstallGivesBackFirstByRightsOfItsOwn() {
    Chart.Objects objects = Chart.objects(Chart.LEAST, shop("desired"));
    JsonNode job = objects.one("Job", BEFORE_IT_GOES);
    JsonNode pod = job.at("/spec/template/spec");
    assertThat(words(pod.at("/containers/0/args")))
        .containsExactly(
            "floor",
            "restore",
            "--of=gate/usher",
            "--revoke=" + NAME,
            "--within=60",
            "--namespace=tickets");
    assertThat(job.at("/spec/activeDeadlineSeconds").asInt()).isPositive();
    assertThat(pod.get("serviceAccountName").asText()).isEqualTo(BEFORE_IT_GOES);
    JsonNode role = objects.one("Role", BEFORE_IT_GOES);
    assertThat(role.at("/metadata/namespace").asText()).isEqualTo("tickets");
    assertThat(role.at("/rules/0").toString())
        .isEqualTo(
            "{\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"resources\":[\"rolebindings\"],"
                + "\"resourceNames\":[\""
                + NAME
                + "\"],\"verbs\":[\"delete\"]}");
    for (String kind : List.of("ServiceAccount", "Role", "RoleBinding", "Job")) {
      assertThat(objects.one(kind, BEFORE_IT_GOES).at("/metadata/annotations/no~1hook").asText())
          .isEqualTo("pre-delete");
    }
  }

  @Test
  void anUpgradeThatTakesTheRightAwayGivesBackFirst() {
    Chart.Objects objects = Chart.objects(Chart.LEAST, shop("off"), released("desired"));
    JsonNode job = objects.one("Job", BEFORE_IT_LOSES_ITS_RIGHT);
    assertThat(job.at("/metadata/annotations/no~1hook").asText()).isEqualTo("pre-upgrade");
    assertThat(words(job.at("/spec/template/spec/containers/0/args")))
        .contains("--namespace=tickets");
    assertThat(objects.one("RoleBinding", BEFORE_IT_LOSES_ITS_RIGHT)).isNotNull();
  }

  @Test
  void anUpstreamThatIsGoneFromTheFileGivesBackFirst() {
    assertThat(Chart.objects(Chart.LEAST, released("schedule")).ofKind("Job"))
        .extracting(job -> job.at("/metadata/name").asText())
        .containsExactly(BEFORE_IT_LOSES_ITS_RIGHT);
  }

  @Test
  void anUpgradeThatLeavesTheRightTouchesNothing() {
    assertThat(Chart.objects(Chart.LEAST, shop("schedule"), released("desired")).ofKind("Job"))
        .extracting(job -> job.at("/metadata/name").asText())
        .containsExactly(BEFORE_IT_GOES);
    assertThat(Chart.objects(Chart.LEAST, shop("off"), released("off")).has("Job")).isFalse();
  }
}
