package dev.usher.helm.proof;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Deployment of {@link ShopPod}s and its Service. */
final class Shop {
  private static final String HOLD = "fake-nodes/hold";

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
    apply(yaml(pods, millis));
  }

  private String yaml(int pods, int millis) {
    return Texts.of(
        "shop.yaml",
        "NAME",
        name,
        "REPLICAS",
        Integer.toString(pods),
        "IMAGE",
        Release.IMAGE,
        "MILLIS",
        Integer.toString(millis));
  }

  /** Opens it with pods that nobody uses before Usher has said that they are warm. */
  void openGated(int pods, int millis) {
    String token = "automountServiceAccountToken: false";
    String gate = "readinessGates: [{conditionType: usher.dev/warm}]";
    apply(yaml(pods, millis).replace(token, token + "\n      " + gate));
  }

  /** Opens it with pods that are only pretended, each ready after this time. */
  void pretend(int pods, String readyAfter) {
    pretended(pods, "fake-nodes/ready-after: " + readyAfter);
  }

  /** Opens it with pods that are only pretended, and ready only when a test lets them. */
  void pretendHeld(int pods) {
    pretended(pods, "fake-nodes/hold: \"true\"");
  }

  private void pretended(int pods, String life) {
    apply(
        Texts.of("pretended.yaml", "NAME", name, "REPLICAS", Integer.toString(pods), "LIFE", life));
  }

  /** Lets this many pods more become ready that were held. */
  void letReady(int count) {
    pods().stream()
        .filter(pod -> pod.getMetadata().getAnnotations().containsKey(HOLD))
        .limit(count)
        .forEach(
            pod ->
                client
                    .pods()
                    .inNamespace(namespace)
                    .withName(pod.getMetadata().getName())
                    .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"" + HOLD + "\": null}}}"));
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
        // By the field alone: whoever else writes the object meanwhile is no conflict.
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"replicas\": " + pods + "}}");
  }

  /** Replaces each pod by a new one, and does not wait for it. */
  void roll() {
    client.apps().deployments().inNamespace(namespace).withName(name).rolling().restart();
  }

  /** Asks each of its pods to leave its node, as {@code kubectl drain} does. */
  void evict() {
    names(ready()).forEach(pod -> client.pods().inNamespace(namespace).withName(pod).evict());
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

  /**
   * Ends the process of a pod as the kernel would: by SIGKILL where the cluster's processes are
   * this machine's, else the process ends itself without a word.
   */
  void kill(Pod pod) {
    boolean killed = isKilled("POD_UID=" + pod.getMetadata().getUid());
    System.out.println("killed " + pod.getMetadata().getName() + (killed ? " by SIGKILL" : ""));
    if (!killed) {
      try {
        new Http().text("http://" + pod.getStatus().getPodIP() + ":8080/die");
      } catch (UncheckedIOException e) {
        // The dead do not answer.
        System.out.println("it ended: " + e.getMessage());
      }
    }
  }

  /** Kills the processes with this in their environment; whether there was one on this machine. */
  static boolean isKilled(String variable) {
    List<ProcessHandle> all =
        ProcessHandle.allProcesses()
            .filter(process -> environment(process).contains(variable))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    return !all.isEmpty();
  }

  private static List<String> environment(ProcessHandle process) {
    try {
      String all = Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
      return List.of(all.split(Character.toString(0), -1));
    } catch (IOException e) {
      return List.of();
    }
  }

  static List<String> names(List<Pod> pods) {
    return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(is -> is.getType().equals("Ready") && is.getStatus().equals("True"));
  }
}
