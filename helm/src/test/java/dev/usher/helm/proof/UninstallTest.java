package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The end of the release; after all that uses it. */
@OnCluster
@Order(9)
final class UninstallTest {
  private final World world;

  UninstallTest(World world) {
    this.world = world;
  }

  @Test
  void uninstallLeavesNothing() {
    assertThat(its()).as("there is something to leave").isNotEmpty();
    world.release().uninstall();
    Until.so(Duration.ofSeconds(60), () -> its().isEmpty(), () -> "nothing, but " + its());
  }

  /** Everything in the namespace that is of the release, and what Kubernetes derived from it. */
  private List<String> its() {
    KubernetesClient client = world.client();
    String in = world.namespace();
    List<HasMetadata> all = new ArrayList<>();
    all.addAll(client.pods().inNamespace(in).list().getItems());
    all.addAll(client.apps().deployments().inNamespace(in).list().getItems());
    all.addAll(client.apps().replicaSets().inNamespace(in).list().getItems());
    all.addAll(client.services().inNamespace(in).list().getItems());
    all.addAll(client.configMaps().inNamespace(in).list().getItems());
    all.addAll(client.secrets().inNamespace(in).list().getItems());
    all.addAll(client.serviceAccounts().inNamespace(in).list().getItems());
    all.addAll(client.rbac().roles().inNamespace(in).list().getItems());
    all.addAll(client.rbac().roleBindings().inNamespace(in).list().getItems());
    all.addAll(client.policy().v1().podDisruptionBudget().inNamespace(in).list().getItems());
    all.addAll(client.discovery().v1().endpointSlices().inNamespace(in).list().getItems());
    return Stream.concat(all.stream(), client.rbac().clusterRoles().list().getItems().stream())
        .map(it -> it.getKind() + " " + it.getMetadata().getName())
        .filter(it -> it.contains("usher"))
        .toList();
  }
}
