package dev.usher.helm.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The cluster under test, as its administrator sees it. */
final class Kube {
  private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

  private Kube() {}

  /** Opened when it is first used, and kept until the JVM ends. */
  private static final class Opened {
    static final KubernetesClient CLIENT =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.autoConfigure(null))
                    .withRequestTimeout(10_000)
                    .withConnectionTimeout(2_000)
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  static KubernetesClient client() {
    return Opened.CLIENT;
  }

  static Path kubeconfig() {
    return Path.of(Objects.requireNonNull(System.getenv("KUBECONFIG")));
  }

  static String image() {
    return Objects.requireNonNull(System.getProperty("usher.cluster.image"));
  }

  /** A new namespace which enforces the strictest of the Pod Security Standards. */
  static void restricted(String namespace) {
    remove(namespace);
    client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels(ENFORCE, "restricted")
                .endMetadata()
                .build())
        .create();
  }

  static void remove(String namespace) {
    client().namespaces().withName(namespace).delete();
    Until.so(
        "namespace " + namespace + " is gone",
        () -> client().namespaces().withName(namespace).get() == null);
  }

  /** The objects of a file beside the tests, with {@code @names@} replaced by values. */
  static List<HasMetadata> objects(String file, Map<String, String> values) {
    return client().load(stream(file, values)).items();
  }

  static void apply(String namespace, String file, Map<String, String> values) {
    for (HasMetadata object : objects(file, values)) {
      client().resource(object).inNamespace(namespace).serverSideApply();
    }
  }

  private static InputStream stream(String file, Map<String, String> values) {
    try (InputStream found = Kube.class.getResourceAsStream("/cluster/" + file)) {
      String text =
          new String(Objects.requireNonNull(found).readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("@" + value.getKey() + "@", value.getValue());
      }
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Pod> pods(String namespace, String label, String value) {
    return client().pods().inNamespace(namespace).withLabel(label, value).list().getItems();
  }

  /** Pods that are ready and were not told to stop. */
  static List<Pod> readyPods(String namespace, String label, String value) {
    return pods(namespace, label, value).stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(Readiness::isPodReady)
        .toList();
  }

  static void scale(String namespace, String deployment, int replicas) {
    client().apps().deployments().inNamespace(namespace).withName(deployment).scale(replicas);
  }
}
