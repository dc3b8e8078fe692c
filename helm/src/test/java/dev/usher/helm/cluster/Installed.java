package dev.usher.helm.cluster;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Usher as the chart installs it, in three replicas beside the Redis for a first try. */
final class Installed {
  static final String RELEASE = "usher";
  static final int REPLICAS = 3;

  /** Small machines run all of it; production asks for more. */
  private static final String VALUES =
      """
      config:
        upstreams:
          shop:
            kubernetes: {service: shop, port: http}
            sessionsPerPod: %d
            requestsPerSecondPerPod: 200
            maxInFlightPerPod: 40
            responseTime: 200ms
            connectTimeout: 300ms
            admission: {warmUp: 0s, startAt: 1, surviveLossOf: 0, overOffer: 0}
        rooms:
          concert:
            title: %s
            offer: 10s
            poll: {min: 300ms, max: 1s}
            session: {timeout: 1m}
        drain: 10s
      tryRedis: {enabled: true, image: %s, memory: 32Mi}
      key: {generate: true}
      replicas: %d
      image: {repository: %s, tag: %s, pullPolicy: IfNotPresent}
      preStopSeconds: 3
      startupSeconds: 120
      resources:
        requests: {cpu: 300m, memory: 160Mi}
        limits: {memory: 320Mi}
      """;

  private static final int OPS_PORT = 9090;

  private static final Map<String, String> OURS = Map.of("app.kubernetes.io/instance", RELEASE);

  private static final Path CHART = Path.of("usher");

  private final String namespace;

  Installed(String namespace) {
    this.namespace = namespace;
  }

  /** What a visitor sees, and what a pod of the shop bears. */
  record Wish(String title, int sessionsPerPod) {}

  Release install(Wish wish) {
    return with(
        wish,
        values ->
            new Helm(CHART)
                .install()
                .withName(RELEASE)
                .withNamespace(namespace)
                .withKubeConfig(Kube.kubeconfig())
                .withValuesFile(values)
                .waitReady()
                .withTimeout((int) Until.PATIENCE.toSeconds() * 2)
                .call());
  }

  Release upgrade(Wish wish) {
    return with(
        wish,
        values ->
            new Helm(CHART)
                .upgrade()
                .withName(RELEASE)
                .withNamespace(namespace)
                .withKubeConfig(Kube.kubeconfig())
                .withValuesFile(values)
                .waitReady()
                .withTimeout((int) Until.PATIENCE.toSeconds() * 2)
                .call());
  }

  Release test() {
    return Helm.test(RELEASE)
        .withNamespace(namespace)
        .withKubeConfig(Kube.kubeconfig())
        .withTimeout((int) Until.PATIENCE.toSeconds())
        .call();
  }

  void uninstall() {
    Helm.uninstall(RELEASE).withNamespace(namespace).withKubeConfig(Kube.kubeconfig()).call();
  }

  List<Pod> readyPods() {
    return Kube.readyPods(namespace, "app.kubernetes.io/component", "gateway");
  }

  /** Where visitors come in: the address of the Service. */
  String visitors() {
    return "http://"
        + Kube.client()
            .services()
            .inNamespace(namespace)
            .withName(RELEASE)
            .get()
            .getSpec()
            .getClusterIP();
  }

  /** Each of its pods, asked at its own address. */
  List<Replica> replicas() {
    return readyPods().stream()
        .map(
            pod ->
                new Replica(
                    pod.getMetadata().getName(),
                    "http://" + pod.getStatus().getPodIP() + ":" + OPS_PORT))
        .toList();
  }

  /** The titles that the replicas give the room, each once. */
  List<String> titles() {
    return replicas().stream()
        .map(replica -> replica.room().path("title").textValue())
        .distinct()
        .toList();
  }

  /** The names of all objects that still belong to the release, in any namespace. */
  List<String> remains() {
    List<HasMetadata> found = new ArrayList<>();
    KubernetesClient client = Kube.client();
    found.addAll(client.apps().deployments().inAnyNamespace().withLabels(OURS).list().getItems());
    found.addAll(client.pods().inAnyNamespace().withLabels(OURS).list().getItems());
    found.addAll(client.services().inAnyNamespace().withLabels(OURS).list().getItems());
    found.addAll(client.configMaps().inAnyNamespace().withLabels(OURS).list().getItems());
    found.addAll(client.secrets().inAnyNamespace().withLabels(OURS).list().getItems());
    found.addAll(client.serviceAccounts().inAnyNamespace().withLabels(OURS).list().getItems());
    found.addAll(client.rbac().roles().inAnyNamespace().withLabels(OURS).list().getItems());
    found.addAll(client.rbac().roleBindings().inAnyNamespace().withLabels(OURS).list().getItems());
    found.addAll(client.rbac().clusterRoles().withLabels(OURS).list().getItems());
    found.addAll(
        client
            .policy()
            .v1()
            .podDisruptionBudget()
            .inAnyNamespace()
            .withLabels(OURS)
            .list()
            .getItems());
    // What Helm itself keeps of a release.
    found.addAll(
        client.secrets().inNamespace(namespace).withLabel("owner", "helm").list().getItems());
    return found.stream()
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .toList();
  }

  private interface With {
    Release call(Path values);
  }

  private static Release with(Wish wish, With with) {
    int colon = Kube.image().lastIndexOf(':');
    String text =
        VALUES.formatted(
            wish.sessionsPerPod(),
            wish.title(),
            Objects.requireNonNull(System.getProperty("usher.cluster.redis.image")),
            REPLICAS,
            Kube.image().substring(0, colon),
            Kube.image().substring(colon + 1));
    try {
      Path values = Files.createTempFile("values", ".yaml");
      try {
        return with.call(Files.writeString(values, text));
      } finally {
        Files.delete(values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
