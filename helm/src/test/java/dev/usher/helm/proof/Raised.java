package dev.usher.helm.proof;

import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.Desired;
import dev.usher.provision.Scaling;
import dev.usher.provision.floor.FloorKeeper;
import dev.usher.provision.floor.FloorNews;
import dev.usher.provision.floor.FloorSweep;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A namespace with a shop of pretended pods, and a keeper of its floor that lives by a clock of its
 * own: a floor goes down for twenty minutes, and a test has no such time.
 */
final class Raised implements AutoCloseable {
  /** Who applies the shop's manifests. */
  static final String HELM = "helm";

  private static final Duration READY = Duration.ofMinutes(2);
  private static final Scaling FOLLOWS =
      new Scaling(1, 0, Duration.ofMinutes(5), Duration.ofMinutes(1), Scaling.Floor.DESIRED);

  private final Path kubeconfig;
  private final KubernetesClient client;
  private final String namespace;
  private final Shop shop;
  private Cluster cluster;
  private FloorKeeper keeper;
  private long fence = 1;
  private long now = System.currentTimeMillis();

  Raised(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
    this.client = World.client(kubeconfig.toString());
    this.namespace = "floor-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    this.shop = new Shop(client, namespace, "shop");
    this.cluster = Cluster.open(World.config(kubeconfig.toString()), Map.of(), bound -> 0);
    this.keeper = new FloorKeeper(cluster, "shop");
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    World.script("fake-nodes", "4", "2");
    shop.pretend(0, "2s");
    shop.scale(2);
    shop.awaitReady(2, READY);
  }

  String namespace() {
    return namespace;
  }

  /** A release of the chart in its namespace. */
  Release release() {
    return new Release(kubeconfig, namespace, "values.yaml");
  }

  KubernetesClient client() {
    return client;
  }

  Shop shop() {
    return shop;
  }

  /** Applies a manifest server-side, as Helm 4, Flux and Argo CD do. */
  void apply(String manager, String yaml) {
    client.load(stream(yaml)).items().forEach(each -> applied(manager, each));
  }

  private void applied(String manager, HasMetadata each) {
    var unused =
        client.resource(each).inNamespace(namespace).fieldManager(manager).serverSideApply();
  }

  /** The same, whoever else owns the fields. */
  void force(String manager, String yaml) {
    for (HasMetadata each : client.load(stream(yaml)).items()) {
      var unused =
          client
              .resource(each)
              .inNamespace(namespace)
              .fieldManager(manager)
              .forceConflicts()
              .serverSideApply();
    }
  }

  private static ByteArrayInputStream stream(String yaml) {
    return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }

  Owner hpa(int min) {
    apply(HELM, Texts.of("scaler.yaml", "MIN", Integer.toString(min)));
    return hpa();
  }

  Owner hpa() {
    return new Owner(client, namespace, "autoscaling/v2 HorizontalPodAutoscaler", "minReplicas");
  }

  Owner deployment() {
    return new Owner(client, namespace, "apps/v1 Deployment", "replicas");
  }

  /** One look of the leader, when so many pods are wanted. */
  FloorNews look(int wanted) {
    Desired desired =
        new Desired(
            wanted,
            wanted,
            new Desired.Terms(wanted, 0, 0),
            Desired.Reason.QUEUE,
            0,
            new Desired.Pods(2, 2, 0),
            new Desired.Learnt(1, 300));
    return keeper.step(
        new KubernetesOptions(namespace, "shop", null, false, true),
        FOLLOWS,
        desired,
        new FloorKeeper.Term(fence, now));
  }

  /** Looks once a minute of its own clock until nothing is raised any more. */
  void lookUntilGivenBack(Owner owner) {
    for (int i = 0; i < 60 && owner.isNoted(); i++) {
      pass(Duration.ofMinutes(1));
      look(1);
    }
  }

  /** Lets time pass, by the keeper's clock. */
  void pass(Duration time) {
    now += time.toMillis();
  }

  /** The leader is gone, and another replica goes on. */
  void anotherLeads() {
    fence++;
    keeper = new FloorKeeper(cluster, "shop");
  }

  /** A replica looks once a minute whose file names no such upstream, until nothing is raised. */
  void sweepUntilGivenBack(Owner owner) {
    FloorSweep sweep = new FloorSweep(cluster);
    for (int i = 0; i < 60 && owner.isNoted(); i++) {
      sweep.look(Set.of(namespace), Set.of(), now);
      pass(Duration.ofMinutes(1));
    }
  }

  /** A gateway as a process, in whose file so many pods are always wanted. */
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
