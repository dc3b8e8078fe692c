package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** {@code usher plan --kubernetes} says before a sale what the cluster has no room for. */
@WaitingOnCluster
@Order(7)
final class PlanTest {
  private static final Duration MINUTES = Duration.ofMinutes(3);

  /** Nodes of a test have room for thousands of pods that ask for nothing. */
  private static final int MANY = 9000;

  private static final String TIGHT =
      """
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: tight}
      spec: {hard: {pods: "100", requests.cpu: "8"}}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: none}
      spec: {maxUnavailable: 0, selector: {matchLabels: {app: shop}}}
      """;

  private final Raised raised = new Raised();
  private final ApiDoor door = new ApiDoor(raised.kubeconfig());

  @AfterEach
  void close() {
    door.close();
    raised.close();
  }

  @Test
  void whatTheClusterHasNoRoomForIsSaidAndSoIsWhatMayNotBeRead() {
    Floored shop = new Floored(raised, OwnerKind.HPA, "shop");
    shop.shop().awaitReady(2, MINUTES);
    shop.applied(2);
    String some = planned(raised.kubeconfig(), 30);
    assertThat(some)
        .contains("no PodDisruptionBudget covers the pods")
        .doesNotContain("must be at least", "the nodes", "not all of the cluster");
    raised.by(Applier.HELM).apply(TIGHT);
    // The quota's controller counts in its own time.
    Until.so(
        MINUTES,
        () -> planned(raised.kubeconfig(), MANY).contains("ResourceQuota"),
        () -> planned(raised.kubeconfig(), MANY));
    String many = planned(raised.kubeconfig(), MANY);
    System.out.println(many);
    assertThat(many)
        .containsPattern("/shop: maxReplicas must be at least 9000, .* but was 40")
        .containsPattern("/tight: pods must be at least 9000, with 8998 more pods, but was 100")
        .containsPattern("8998 more pods are wanted, and the nodes .* have room for \\d+")
        .containsPattern("/none: maxUnavailable is 0");
    // Up to scaling.max Usher raises the limit itself.
    assertThat(planned(raised.kubeconfig(), 50, "{floor: desired, max: 50}"))
        .doesNotContain("maxReplicas");
    assertThat(planned(strangers(), MANY))
        .contains("not all of the cluster was looked at: ")
        .contains("services")
        .doesNotContain("maxReplicas");
  }

  /** What the command prints of an event of so many pods. */
  private String planned(Path kubeconfig, int pods) {
    return planned(kubeconfig, pods, "{}");
  }

  private String planned(Path kubeconfig, int pods, String scaling) {
    String yaml =
        """
        upstreams:
          shop:
            kubernetes: {namespace: %s, service: shop}
            sessionsPerPod: 10
            scaling: %s
        rooms:
          concert:
            events: [{name: sale, zone: UTC, opensAt: 2099-06-12T10:00, replicas: %d}]
        """
            .formatted(raised.namespace(), scaling, pods);
    try (HostGateway plan = HostGateway.configured(kubeconfig, yaml, "plan", "--kubernetes")) {
      int exit = plan.awaitEnd();
      String told = plan.printed();
      boolean enough = !told.contains("must be at least") && !told.contains("have room for");
      assertThat(exit).as(told).isEqualTo(enough ? 0 : 3);
      return told;
    }
  }

  /** The same cluster, for somebody who may do nothing there. */
  private Path strangers() {
    var asked =
        raised
            .client()
            .serviceAccounts()
            .inNamespace(raised.namespace())
            .withName("default")
            .tokenRequest();
    return door.kubeconfig(text -> Account.asOwner(text, asked.getStatus().getToken()));
  }
}
