package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the chart grants, and to whom: no more than Usher asks the Kubernetes API. */
final class RightsTest {
  private static final String OF_OTHERS = "usher-of-gate";

  private static final String SLICES =
      "{\"apiGroups\":[\"discovery.k8s.io\"],\"resources\":[\"endpointslices\"],";
  private static final String FOLLOW_SLICES = SLICES + "\"verbs\":[\"list\",\"watch\"]}";
  private static final String FOLLOW_PODS =
      "{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\",\"watch\"]}";

  @Test
  void nothingIsGrantedWherePodsAreListed() {
    Chart.Objects objects = Chart.objects(Chart.LEAST);
    assertThat(granted(objects)).isEmpty();
    assertThat(objects.has("RoleBinding")).isFalse();
    assertThat(mountsToken(objects)).isFalse();
  }

  @Test
  void aServiceInTheOwnNamespaceIsReadThereAndNowhereElse() {
    Chart.Objects objects = Chart.objects(Chart.LEAST, upstream("{service: shop}"));
    assertThat(granted(objects))
        .isEqualTo(Map.of("gate/usher", List.of(see("shop"), FOLLOW_SLICES, FOLLOW_PODS)));
    assertThat(mountsToken(objects)).isTrue();
  }

  @Test
  void aServiceOfAnotherNamespaceIsReadThereAndTheOwnZoneHere() {
    String elsewhere = upstream("{namespace: shops, service: shop}");
    assertThat(granted(Chart.objects(Chart.LEAST, elsewhere)))
        .isEqualTo(
            Map.of(
                "shops/" + OF_OTHERS,
                List.of(see("shop"), FOLLOW_SLICES, FOLLOW_PODS),
                "gate/usher",
                List.of(SLICES + "\"verbs\":[\"list\"]}")));
  }

  @Test
  void theOwnZoneIsNotReadWhereNobodyAsksForIt() {
    String elsewhere = upstream("{namespace: shops, service: shop, zones: ignore}");
    assertThat(granted(Chart.objects(Chart.LEAST, elsewhere)))
        .containsOnlyKeys("shops/" + OF_OTHERS);
  }

  @Test
  void servicesOfOneNamespaceShareARole() {
    String two =
        """
        config:
          defaultUpstream: shop
          upstreams:
            shop: {pods: null, kubernetes: {service: shop}}
            tea: {kubernetes: {service: tea, namespace: gate}, sessionsPerPod: 1}
            tee: {kubernetes: {service: tea}, sessionsPerPod: 1}
          rooms: {concert: {upstream: shop}}
        """;
    assertThat(granted(Chart.objects(Chart.LEAST, two)))
        .isEqualTo(Map.of("gate/usher", List.of(see("shop", "tea"), FOLLOW_SLICES, FOLLOW_PODS)));
  }

  @Test
  void theGatesOfPodsMayBeOpenedOnlyWhereThatIsAskedFor() {
    assertThat(
            granted(Chart.objects(Chart.LEAST, upstream("{service: shop, readinessGate: true}"))))
        .isEqualTo(
            Map.of(
                "gate/usher",
                List.of(
                    see("shop"),
                    FOLLOW_SLICES,
                    FOLLOW_PODS,
                    "{\"apiGroups\":[\"\"],\"resources\":[\"pods/status\"],"
                        + "\"verbs\":[\"patch\"]}")));
  }

  @Test
  void everyRoleIsBoundToTheServiceAccountOfThisReleaseAlone() {
    String elsewhere = upstream("{namespace: shops, service: shop}");
    Chart.Objects objects =
        Chart.objects(Chart.LEAST, elsewhere, "serviceAccount: {create: false, name: mine}");
    assertThat(objects.ofKind("RoleBinding")).hasSize(2);
    for (JsonNode binding : objects.ofKind("RoleBinding")) {
      assertThat(binding.at("/roleRef/name")).isEqualTo(binding.at("/metadata/name"));
      assertThat(binding.get("subjects").toString())
          .isEqualTo("[{\"kind\":\"ServiceAccount\",\"name\":\"mine\",\"namespace\":\"gate\"}]");
    }
    assertThat(objects.has("ServiceAccount")).isFalse();
    assertThat(objects.deployment().findValue("serviceAccountName").textValue()).isEqualTo("mine");
  }

  @Test
  void whoeverGrantsTheRightsByHandGetsNoRoles() {
    Chart.Objects objects =
        Chart.objects(Chart.LEAST, upstream("{service: shop}"), "rbac: {create: false}");
    assertThat(granted(objects)).isEmpty();
    assertThat(objects.has("RoleBinding")).isFalse();
    assertThat(mountsToken(objects)).isTrue();
  }

  private static String upstream(String kubernetes) {
    return "config: {upstreams: {shop: {pods: null, kubernetes: " + kubernetes + "}}}";
  }

  private static String see(String... services) {
    return "{\"apiGroups\":[\"\"],\"resources\":[\"services\"],\"resourceNames\":[\""
        + String.join("\",\"", services)
        + "\"],\"verbs\":[\"get\"]}";
  }

  /** The rules of each Role, by its namespace and name. There are no ClusterRoles. */
  private static Map<String, List<String>> granted(Chart.Objects objects) {
    assertThat(objects.all())
        .noneMatch(object -> object.get("kind").textValue().startsWith("Cluster"));
    Map<String, List<String>> rules = new TreeMap<>();
    for (JsonNode role : objects.ofKind("Role")) {
      JsonNode meta = role.get("metadata");
      rules.put(
          meta.get("namespace").textValue() + "/" + meta.get("name").textValue(),
          role.get("rules").valueStream().map(JsonNode::toString).toList());
    }
    return rules;
  }

  private static boolean mountsToken(Chart.Objects objects) {
    return objects
        .deployment()
        .at("/spec/template/spec/automountServiceAccountToken")
        .booleanValue();
  }
}
