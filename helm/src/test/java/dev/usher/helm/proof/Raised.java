package dev.usher.helm.proof;

import dev.usher.pods.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A namespace of shops whose floor is raised, and who writes there besides Usher. */
final class Raised implements AutoCloseable {
  private final Path kubeconfig = Path.of(Objects.requireNonNull(System.getenv("KUBECONFIG")));
  private final KubernetesClient client = World.client(kubeconfig.toString());
  private final String namespace = "floor-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
  private final Cluster cluster =
      Cluster.open(World.config(kubeconfig.toString()), Map.of(), bound -> 0);

  Raised() {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    World.script("fake-nodes", "10", "2");
  }

  String namespace() {
    return namespace;
  }

  /** A release of the chart in its namespace. */
  Release release() {
    return new Release(kubeconfig, namespace, "values.yaml");
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  KubernetesClient client() {
    return client;
  }

  Cluster cluster() {
    return cluster;
  }

  /** Whoever applies manifests by this name. */
  Applier by(String manager) {
    return new Applier(client, namespace, manager);
  }

  /** A gateway as a process, in whose file so many pods of the shop are always wanted. */
  HostGateway gateway(int pods, String floor) {
    return HostGateway.configured(
        kubeconfig,
        Texts.of(
            "raised.yaml", "NAMESPACE", namespace, "PODS", Integer.toString(pods), "FLOOR", floor),
        "run",
        "--config");
  }

  @Override
  public void close() {
    cluster.close().await();
    client.namespaces().withName(namespace).delete();
    client.close();
  }
}
