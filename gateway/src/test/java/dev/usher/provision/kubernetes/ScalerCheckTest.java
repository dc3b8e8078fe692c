package dev.usher.provision.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.Scaling;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who adds the pods is found by way of a pod, and read back. */
final class ScalerCheckTest {
  private static final String APPS = "/apis/apps/v1/namespaces/shop/";
  private static final String SCALED = "/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects";
  private static final String HPAS =
      "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers";

  private final Map<String, JsonObject> answers = new HashMap<>();
  private final Map<String, Integer> refusals = new HashMap<>();
  private final HttpServer api;
  private final Cluster cluster;

  ScalerCheckTest() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + api.getAddress().getPort())
            .withNamespace("gate")
            .build();
    cluster = Cluster.open(config, Map.of(), bound -> 0);
  }

  @BeforeEach
  void aDeploymentThatNothingScales() {
    api.createContext("/", this::answer);
    api.start();
    answers.put(
        "/api/v1/namespaces/shop/services/shop",
        object("v1", "Service", "shop")
            .put("spec", new JsonObject().put("selector", new JsonObject().put("app", "shop"))));
    list(
        "/api/v1/namespaces/shop/pods",
        madeBy("ReplicaSet", "shop-1", object("v1", "Pod", "shop-1-a")));
    answers.put(
        APPS + "replicasets/shop-1",
        madeBy("Deployment", "shop", object("apps/v1", "ReplicaSet", "shop-1")));
    list(SCALED);
    list(HPAS);
  }

  @AfterEach
  void close() {
    api.stop(0);
    cluster.close().await();
  }

  private void answer(HttpExchange asked) throws IOException {
    String path = asked.getRequestURI().getPath();
    JsonObject answer = answers.get(path);
    int status = refusals.getOrDefault(path, answer == null ? 404 : 200);
    JsonObject refusal =
        new JsonObject().put("kind", "Status").put("code", status).put("message", "not for you");
    JsonObject said = status == 200 && answer != null ? answer : refusal;
    byte[] body = said.encode().getBytes(StandardCharsets.UTF_8);
    asked.getResponseHeaders().set("Content-Type", "application/json");
    asked.sendResponseHeaders(status, body.length);
    asked.getResponseBody().write(body);
    asked.close();
  }

  private static JsonObject object(String version, String kind, String name) {
    return new JsonObject()
        .put("apiVersion", version)
        .put("kind", kind)
        .put("metadata", new JsonObject().put("name", name).put("namespace", "shop"));
  }

  /** One that another one made. */
  private static JsonObject madeBy(String ownerKind, String owner, JsonObject object) {
    JsonObject reference =
        new JsonObject()
            .put("apiVersion", "v1")
            .put("kind", ownerKind)
            .put("name", owner)
            .put("uid", "1")
            .put("controller", true);
    object.getJsonObject("metadata").put("ownerReferences", JsonArray.of(reference));
    return object;
  }

  private void list(String path, JsonObject... items) {
    answers.put(
        path,
        new JsonObject()
            .put("apiVersion", "v1")
            .put("kind", "List")
            .put("items", JsonArray.of((Object[]) items)));
  }

  private static JsonObject scaling(JsonObject scaler, String kind, String name) {
    return scaler.put(
        "spec",
        new JsonObject()
            .put("scaleTargetRef", new JsonObject().put("kind", kind).put("name", name))
            .put("maxReplicaCount", 30)
            .put("minReplicaCount", 2)
            .put("maxReplicas", 30)
            .put("minReplicas", 2));
  }

  private ScalerCheck.Found found() {
    return ScalerCheck.of(
        cluster,
        "shop",
        new KubernetesOptions("shop", "shop", null, false, true, false),
        new Scaling(1, 0, Duration.ofMinutes(5), Duration.ofMinutes(1)));
  }

  @Test
  void whereNothingReadsTheNumberItIsSaid() {
    assertThat(found().wrong()).isEmpty();
    assertThat(found().notes())
        .containsExactly(
            "upstreams.shop.scaling: nothing reads how many pods of Deployment shop there should"
                + " be: see docs/scaling.md for KEDA or an HPA");
  }

  @Test
  void aClusterWithoutKedaHasNone() {
    answers.remove(SCALED);
    assertThat(found().notes()).singleElement().asString().contains("nothing reads");
  }

  @Test
  void theScaledObjectAndTheHpaThatKedaMadeAreOne() {
    list(SCALED, scaling(object("keda.sh/v1alpha1", "ScaledObject", "s"), "Deployment", "shop"));
    JsonObject made =
        madeBy("ScaledObject", "s", object("autoscaling/v2", "HorizontalPodAutoscaler", "keda"));
    list(HPAS, scaling(made, "Deployment", "shop"));
    assertThat(found().wrong())
        .singleElement()
        .asString()
        .startsWith("upstreams.shop.scaling: ScaledObject shop/s: must have a trigger");
    made.getJsonObject("spec").put("maxReplicas", 10);
    assertThat(found().wrong()).hasSize(2).last().asString().contains("30, but its HPA has 10");
    list(HPAS);
    assertThat(found().wrong()).hasSize(2).last().asString().contains("is the operator running?");
  }

  @Test
  void twoThatScaleTheSameAreNamedAndThoseOfOthersAreNot() {
    list(
        HPAS,
        scaling(object("autoscaling/v2", "HorizontalPodAutoscaler", "a"), "Deployment", "shop"),
        scaling(object("autoscaling/v2", "HorizontalPodAutoscaler", "b"), "Deployment", "shop"),
        scaling(object("autoscaling/v2", "HorizontalPodAutoscaler", "c"), "StatefulSet", "shop"),
        scaling(object("autoscaling/v2", "HorizontalPodAutoscaler", "d"), "Deployment", "tea"));
    assertThat(found().wrong())
        .containsExactly(
            "upstreams.shop.scaling: one must say how many pods of Deployment shop there are, but"
                + " several do: HorizontalPodAutoscaler shop/a, HorizontalPodAutoscaler shop/b");
  }

  /** The deployment, with those who own its size. */
  private void anHpaScalesIt() {
    list(
        HPAS,
        scaling(object("autoscaling/v2", "HorizontalPodAutoscaler", "a"), "Deployment", "shop"));
  }

  private void sizedBy(JsonObject... entries) {
    JsonObject deployment = object("apps/v1", "Deployment", "shop");
    deployment.getJsonObject("metadata").put("managedFields", JsonArray.of((Object[]) entries));
    answers.put(APPS + "deployments/shop", deployment);
  }

  private static JsonObject owner(String manager, String operation) {
    JsonObject size = new JsonObject().put("f:replicas", new JsonObject());
    return new JsonObject()
        .put("manager", manager)
        .put("operation", operation)
        .put("apiVersion", "apps/v1")
        .put("fieldsType", "FieldsV1")
        .put("fieldsV1", new JsonObject().put("f:spec", size));
  }

  @Test
  void whoeverElseWritesTheSizeOfWhatIsScaledIsNamed() {
    anHpaScalesIt();
    sizedBy(owner("kube-controller-manager", "Update").put("subresource", "scale"));
    assertThat(found().wrong()).isEmpty();
    assertThat(found().notes()).noneMatch(note -> note.contains("replicas"));

    sizedBy(owner("kustomize-controller", "Apply"));
    assertThat(found().wrong())
        .containsExactly(
            "upstreams.shop.scaling: Deployment shop/shop: spec.replicas must be its autoscaler's"
                + " alone but is kustomize-controller's too, which puts it back at its next apply:"
                + " leave it out of what is applied once its autoscaler has set it, or it goes back"
                + " to 1, as docs/scaling.md says");
    sizedBy(
        owner("kustomize-controller", "Apply"),
        owner("kube-controller-manager", "Update").put("subresource", "scale"));
    assertThat(found().wrong()).singleElement().asString().contains("kustomize-controller's too");
    sizedBy(owner("kubectl-create", "Update"));
    assertThat(found().wrong()).isEmpty();
    assertThat(found().notes()).anyMatch(n -> n.contains("was last written by kubectl-create"));

    refusals.put(APPS + "deployments/shop", 403);
    assertThat(found().wrong()).isEmpty();
    assertThat(found().notes())
        .anyMatch(n -> n.contains("who owns spec.replicas of Deployment shop was not looked at"));
  }

  @Test
  void whoIsMeantToWriteTheSizeIsNotNamedAndAnArgoThatMaySkipItMerelyIs() {
    anHpaScalesIt();
    for (String manager : List.of("keda", "keda-operator", "usher")) {
      sizedBy(owner(manager, "Update"));
      assertThat(found().wrong()).isEmpty();
      assertThat(found().notes()).noneMatch(note -> note.contains("spec.replicas"));
    }
    for (String operation : List.of("Apply", "Update")) {
      sizedBy(owner("argocd-controller", operation));
      assertThat(found().wrong()).isEmpty();
      assertThat(found().notes())
          .anyMatch(note -> note.contains("spec.replicas is argocd-controller's, until the"));
    }
  }

  @Test
  void whereNothingScalesTheSizeIsWhoeverAppliesIt() {
    sizedBy(owner("kustomize-controller", "Apply"));
    assertThat(found().wrong()).isEmpty();
  }

  @Test
  void whoMayNotLookIsToldSoAndNothingIsWrong() {
    refusals.put(HPAS, 403);
    assertThat(found().wrong()).isEmpty();
    assertThat(found().notes()).singleElement().asString().contains("was not looked at");
  }

  @Test
  void aServiceWithoutPodsHasNothingToScale() {
    list("/api/v1/namespaces/shop/pods");
    assertThat(found().notes()).singleElement().asString().contains("no pod of the service");
  }

  private JsonObject thatIsNotReady() {
    JsonObject object =
        scaling(object("keda.sh/v1alpha1", "ScaledObject", "s"), "Deployment", "shop");
    JsonObject trigger =
        new JsonObject()
            .put("type", "prometheus")
            .put("authenticationRef", new JsonObject().put("name", "token"));
    object.getJsonObject("spec").put("triggers", JsonArray.of(trigger));
    JsonObject ready = new JsonObject().put("type", "Ready").put("status", "False");
    object.put("status", new JsonObject().put("conditions", JsonArray.of(ready)));
    list(SCALED, object);
    return object;
  }

  private static JsonObject event(String reason, String message) {
    return object("v1", "Event", reason).put("reason", reason).put("message", message);
  }

  @Test
  void whatKedaItselfSaysIsRepeated() {
    var unused = thatIsNotReady();
    list(
        "/api/v1/namespaces/shop/events",
        event("KEDAScalerFailed", "Get \"http://a/?query=up&time=1\": connection refused"),
        event("KEDAScalerFailed", "Get \"http://a/?query=up&time=2\": connection refused"),
        event("ScaledObjectCheckFailed", "failed to ensure"));
    assertThat(found().wrong())
        .filteredOn(wrong -> wrong.contains("KEDA says"))
        .containsExactly(
            "upstreams.shop.scaling: ScaledObject shop/s: KEDA says: Get \"http://a/?query=up\":"
                + " connection refused");
  }

  @Test
  void anAuthenticationThatIsNotThereIsNamedForKedaAsksWithoutIt() {
    var unused = thatIsNotReady();
    list("/api/v1/namespaces/shop/events");
    assertThat(found().wrong())
        .contains(
            "upstreams.shop.scaling: ScaledObject shop/s: its trigger prometheus names"
                + " TriggerAuthentication token, which must be there but is not: KEDA asks without"
                + " it");
    answers.put(
        "/apis/keda.sh/v1alpha1/namespaces/shop/triggerauthentications/token",
        object("keda.sh/v1alpha1", "TriggerAuthentication", "token"));
    assertThat(found().wrong()).noneMatch(wrong -> wrong.contains("asks without"));
  }

  @Test
  void whoMayNotReadEventsHearsThatAndTheRest() {
    var unused = thatIsNotReady();
    refusals.put("/api/v1/namespaces/shop/events", 403);
    assertThat(found().notes()).anyMatch(note -> note.contains("events were not looked at"));
    assertThat(found().wrong()).anyMatch(wrong -> wrong.contains("must be Ready but is not"));
  }
}
