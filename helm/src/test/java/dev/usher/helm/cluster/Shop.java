package dev.usher.helm.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/** A shop of real pods, a small JVM each. */
final class Shop {
  static final String NAME = "shop";

  private final String namespace;

  Shop(String namespace) {
    this.namespace = namespace;
  }

  void open() {
    Kube.apply(namespace, "shop.yaml", Map.of("image", Kube.image()));
    Until.so("two pods of the shop are ready", () -> readyPods().size() == 2);
  }

  List<Pod> readyPods() {
    return Kube.readyPods(namespace, "app", NAME);
  }

  /** Waits until so many pods are ready and no more. */
  void scaleTo(int pods) {
    Kube.scale(namespace, NAME, pods);
    Until.so(pods + " pods of the shop are ready", () -> readyPods().size() == pods);
  }
}
