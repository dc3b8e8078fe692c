package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The chart, with the image as it is built, in a namespace that enforces the strictest standard.
 */
@OnCluster
@Order(1)
final class InstallTest {
  /** The kubelet brings a changed ConfigMap within a minute and a cache's life. */
  private static final Duration A_CHANGE_ARRIVES = Duration.ofSeconds(100);

  private final World world;

  InstallTest(World world) {
    this.world = world;
  }

  @Test
  @Order(1)
  void threeReplicasBecomeReadyWhereThePodSecurityStandardIsRestricted() {
    assertThat(world.replicas()).hasSize(3);
    assertThat(world.replicas())
        .allMatch(pod -> pod.getSpec().getServiceAccountName().equals("usher"));
    assertThat(world.opsPorts())
        .allMatch(ops -> world.http().json(ops + "/readyz").path("ready").asBoolean());
  }

  @Test
  @Order(2)
  void helmTestPasses() {
    assertThat(world.release().test()).isEqualToIgnoringCase("deployed");
  }

  @Test
  @Order(3)
  void itsServiceAccountMayDoWhatItNeedsAndNothingMore() {
    Set<String> its = rights("usher");
    its.removeAll(rights("default"));
    assertThat(its)
        .containsExactly(
            "[get] of [services] named [shop]",
            "[list, watch] of [endpointslices] named []",
            "[list, watch] of [pods] named []");
  }

  /** What {@code kubectl auth can-i --list} says to this service account. */
  private Set<String> rights(String account) {
    Config config = World.config(world.kubeconfig().toString());
    config.setImpersonateUsername("system:serviceaccount:" + world.namespace() + ":" + account);
    config.setImpersonateGroups(
        "system:serviceaccounts",
        "system:serviceaccounts:" + world.namespace(),
        "system:authenticated");
    try (KubernetesClient as = new KubernetesClientBuilder().withConfig(config).build()) {
      Set<String> rights = new TreeSet<>();
      as.authorization()
          .v1()
          .selfSubjectRulesReview()
          .create(
              new SelfSubjectRulesReviewBuilder()
                  .withNewSpec()
                  .withNamespace(world.namespace())
                  .endSpec()
                  .build())
          .getStatus()
          .getResourceRules()
          .forEach(rule -> rights.add(text(rule)));
      return rights;
    }
  }

  private static String text(ResourceRule rule) {
    return rule.getVerbs() + " of " + rule.getResources() + " named " + rule.getResourceNames();
  }

  @Test
  @Order(4)
  void anUpgradeWithAChangedRoomTakesEffectWithoutARestart() {
    List<String> before = Shop.names(world.replicas());
    long began = System.nanoTime();
    world.release().upgrade("Another Concert");
    // The kubelet looks at once at a pod that was changed.
    world.replicas().forEach(this::touch);
    Until.so(
        A_CHANGE_ARRIVES,
        () -> world.opsPorts().stream().allMatch(ops -> title(ops).equals("Another Concert")),
        () -> "the new title, but " + world.opsPorts().stream().map(this::title).toList());
    Until.measured(
        "helm upgrade with a changed room: in effect on all replicas after %.1f s",
        World.seconds(began));
    assertThat(Shop.names(world.replicas())).containsExactlyInAnyOrderElementsOf(before);
    assertThat(world.replicas())
        .allMatch(pod -> pod.getStatus().getContainerStatuses().get(0).getRestartCount() == 0);
  }

  private String title(String ops) {
    return world.http().json(ops + "/api/rooms/concert").path("title").asText();
  }

  private void touch(Pod pod) {
    world
        .client()
        .resource(pod)
        .edit(
            found -> {
              found
                  .getMetadata()
                  .getAnnotations()
                  .put("touched", Long.toString(System.currentTimeMillis()));
              return found;
            });
  }
}
