package dev.usher.helm.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A Deployment of {@link ShopPod}s and its Service. */
final class Shop {
  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  Shop(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
  }

  /** Opens it, with pods that answer after so long. */
  void open(int pods, int millis) {
    apply(
        Texts.of(
            "shop.yaml",
            "NAME",
            name,
            "REPLICAS",
            Integer.toString(pods),
            "IMAGE",
            Release.IMAGE,
            "MILLIS",
            Integer.toString(millis)));
  }

  private void apply(String yaml) {
    List<HasMetadata> all =
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items();
    client.resourceList(all).inNamespace(namespace).create();
  }

  /** Asks for so many pods, and does not wait for them. */
  void scale(int pods) {
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(name)
        .edit(
            deployment -> {
              deployment.getSpec().setReplicas(pods);
              return deployment;
            });
  }

  /** Replaces each pod by a new one, and does not wait for it. */
  void roll() {
    client.apps().deployments().inNamespace(namespace).withName(name).rolling().restart();
  }

  void awaitReady(int count, Duration atMost) {
    Until.so(
        atMost,
        () -> ready().size() == count && pods().size() == count,
        () -> count + " pods of " + name + " ready, but there are " + pods());
  }

  List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabel("app", name).list().getItems();
  }

  List<Pod> ready() {
    return pods().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(Shop::isReady)
        .toList();
  }

  static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(is -> is.getType().equals("Ready") && is.getStatus().equals("True"));
  }
}
