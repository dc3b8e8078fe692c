package dev.usher.helm.proof;

import dev.usher.visit.VisitTokens;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.opentest4j.TestAbortedException;

/** The one namespace of the run: Usher as the chart installs it, its Redis, and a shop. */
final class World implements AutoCloseable {
  private static final int API_MILLIS = 10_000;

  /**
   * How long the shop takes for a page. What the 90 inside ask for then fills three pods with five
   * slots each twice over, however fast the machine is, and waits for longer than {@code hold}.
   */
  private static final int ANSWERS_MILLIS = 300;

  private static final Duration SET_UP_MAX = Duration.ofMinutes(2);

  private final Path kubeconfig;
  private final KubernetesClient client;
  private final String namespace;
  private final Release release;
  private final Shop shop;
  private final Http http = new Http();
  private final Vertx vertx = Vertx.vertx();

  private World(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
    this.client = client(kubeconfig.toString());
    this.namespace =
        "usher-proof-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    this.release = new Release(kubeconfig, namespace, "values.yaml");
    this.shop = new Shop(client, namespace, "shop");
  }

  static Config config(String kubeconfig) {
    Config config = Config.fromKubeconfig(new File(kubeconfig));
    config.setRequestTimeout(API_MILLIS);
    config.setConnectionTimeout(API_MILLIS);
    return config;
  }

  static KubernetesClient client(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(config(kubeconfig)).build();
  }

  /** Sets everything up: enforces the strictest pod security standard before anything is there. */
  static World begin() {
    World world = new World(Path.of(Objects.requireNonNull(System.getenv("KUBECONFIG"))));
    makeNamespace(world.client, world.namespace);
    world.bringShopPods();
    world.shop.open(2, ANSWERS_MILLIS);
    long began = System.nanoTime();
    world.release.install("City Concert");
    Until.measured("install: Usher x3 and Redis ready %.1f s after helm install", seconds(began));
    world.shop.awaitReady(2, SET_UP_MAX);
    return world;
  }

  /** A namespace with the strictest pod security standard, and in it the key of Usher. */
  static void makeNamespace(KubernetesClient client, String namespace) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .withLabels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                .endMetadata()
                .build())
        .create();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("proof-key")
                .endMetadata()
                .withStringData(Map.of("USHER_KEY", VisitTokens.KEY))
                .build())
        .inNamespace(namespace)
        .create();
  }

  private void bringShopPods() {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("shop-classes")
                .endMetadata()
                .withBinaryData(
                    Map.of(
                        "ShopPod.class",
                        Base64.getEncoder()
                            .encodeToString(Texts.bytes("/dev/usher/helm/proof/ShopPod.class"))))
                .build())
        .inNamespace(namespace)
        .create();
  }

  static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  Release release() {
    return release;
  }

  Shop shop() {
    return shop;
  }

  Http http() {
    return http;
  }

  /** Of the visitors. */
  Vertx vertx() {
    return vertx;
  }

  /** Whether the scheduler may put pods on a node: {@code kubectl cordon} and {@code uncordon}. */
  void takesPods(String node, boolean takes) {
    client
        .nodes()
        .withName(node)
        .edit(
            found -> {
              found.getSpec().setUnschedulable(!takes);
              return found;
            });
  }

  /** Has the cluster's own script do what the API cannot; skips the test where there is none. */
  static synchronized void script(String... words) {
    String script = System.getProperty("usher.cluster.tool", "");
    if (script.isBlank()) {
      String why = "this needs -Dusher.cluster.tool, for " + String.join(" ", words);
      System.out.println("\n==== NOT PROVEN: " + why + " ====\n");
      throw Boolean.getBoolean("usher.cluster.required")
          ? new IllegalStateException(why)
          : new TestAbortedException(why);
    }
    List<String> line = new ArrayList<>(List.of(script));
    line.addAll(List.of(words));
    try {
      int code =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException(line + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where visitors go: the address of Usher's Service. */
  String door() {
    return client
        .services()
        .inNamespace(namespace)
        .withName("usher")
        .get()
        .getSpec()
        .getClusterIP();
  }

  /** Pods of Usher that are ready and stay. */
  List<Pod> replicas() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/component", "gateway")
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(Shop::isReady)
        .toList();
  }

  /** The operators' ports of these. */
  List<String> opsPorts() {
    return replicas().stream()
        .map(pod -> "http://" + pod.getStatus().getPodIP() + ":9090")
        .toList();
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
    client.close();
    vertx.close().await();
  }
}
