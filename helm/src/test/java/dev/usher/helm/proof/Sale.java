package dev.usher.helm.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.visit.Diary;
import dev.usher.visit.Habits;
import dev.usher.visit.Manners;
import dev.usher.visit.VisitCrowd;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A namespace in which KEDA follows what Usher says: a release of its own, and shops whose pods are
 * pretended, each with a room. A pod bears one session, of which a tenth is left to chance.
 */
final class Sale implements AutoCloseable {
  /** Visitors whose number needs so many pods, at nine tenths of a session each. */
  static final int VISITORS = 25;

  static final int NEEDED = 28;

  /** Where the tolerance of the HPA forces more: the first number it takes notice of from 27. */
  static final int MOST = 30;

  private final KubernetesClient client;
  private final String namespace;
  private final Release release;
  private final Http http = new Http();
  private final Vertx vertx = Vertx.vertx();

  Sale(String prefix) {
    Path kubeconfig = Path.of(Objects.requireNonNull(System.getenv("KUBECONFIG")));
    this.client = World.client(kubeconfig.toString());
    this.namespace = prefix + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    this.release = new Release(kubeconfig, namespace, "signal.yaml");
  }

  /** Makes the namespace, where KEDA is and there are nodes for pretended pods. */
  void open() {
    Keda.mustBeThere(client);
    World.script("fake-nodes", "10", "2");
    World.makeNamespace(client, namespace);
  }

  /** Installs Usher for shops that are there, with nobody who adds pods yet. */
  void begin(List<String> shops) {
    release.install("Sale", config(shops));
  }

  /** Has the chart make a ScaledObject for each of the shops. */
  void letKedaFollow(List<String> shops) {
    release.upgrade("Sale", config(shops) + "scaling: {keda: {enabled: true}}\n");
  }

  private static String config(List<String> shops) {
    String upstreams = shops.stream().map(Sale::upstream).collect(Collectors.joining(", "));
    String rooms = shops.stream().map(Sale::room).collect(Collectors.joining(", "));
    return "config: {defaultUpstream: "
        + shops.get(0)
        + ", upstreams: {"
        + upstreams
        + "}, rooms: {"
        + rooms
        + "}}\n";
  }

  private static String upstream(String name) {
    // Nobody's session ends, so what all of them need at once is what is needed.
    return name
        + ": {kubernetes: {service: "
        + name
        + "}, sessionsPerPod: 1, scaling: {within: 1s, podStart: 0s}, admission: {warmUp: 0s,"
        + " warmUpRequests: 0, startAt: 1, surviveLossOf: 0}}";
  }

  private static String room(String name) {
    return name
        + ": {upstream: "
        + name
        + ", paths: [/"
        + name
        + "], offer: 10s, poll: {min: 1s, max: 3s}, session: {timeout: 30m, max: 1h}}";
  }

  /** A shop of so many pods. */
  Shop shop(String name, int pods) {
    Shop shop = new Shop(client, namespace, name);
    shop.pretend(pods, "5s");
    return shop;
  }

  /** So many visitors come to a shop within a second, and stay. */
  VisitCrowd crowd(String shop, int visitors) {
    String door =
        client.services().inNamespace(namespace).withName("usher").get().getSpec().getClusterIP();
    // Pods that are pretended serve nobody: who is inside only stands there.
    Manners manners = new Manners(shop, "", Duration.ofSeconds(15), 500, 500, true);
    Diary diary = new Diary(System::currentTimeMillis);
    VisitCrowd crowd = new VisitCrowd(vertx, diary, new OneDoor(door), manners);
    crowd.stay(true);
    crowd.come(Habits.steady(visitors, 1000, 0), new SplittableRandom(visitors));
    return crowd;
  }

  /** How many pods Usher says that a shop should have; -1 while it does not say. */
  int desired(String shop) {
    return http.json(ops() + "/api/upstreams/" + shop + "/desired-replicas")
        .path("desired")
        .asInt(-1);
  }

  /** What a replica that is ready answers on the operators' port; they all say the same. */
  JsonNode asked(String path) {
    return http.json(ops() + path);
  }

  /** What this one answers. */
  JsonNode asked(Pod replica, String path) {
    return http.json(ops(replica) + path);
  }

  private static String ops(Pod replica) {
    return "http://" + replica.getStatus().getPodIP() + ":9090";
  }

  private String ops() {
    return replicas().stream()
        .filter(Shop::isReady)
        .findFirst()
        .map(Sale::ops)
        .orElseThrow(() -> new UncheckedIOException(new IOException("no replica is ready")));
  }

  List<Pod> replicas() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/component", "gateway")
        .list()
        .getItems();
  }

  /** How many replicas of Usher there are to be. */
  void runUsher(int replicas) {
    new Shop(client, namespace, "usher").scale(replicas);
  }

  Release release() {
    return release;
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
    client.close();
    vertx.close().await();
  }
}
