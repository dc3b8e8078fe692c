package dev.usher.pods.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The question to the API which slices exist and in which version, and nothing else about them. A
 * silent watch may be dead: only an answer that agrees with what it told proves that it is not.
 */
final class Heartbeat {
  private static final long TIMEOUT_MILLIS = 2000;

  /** How many beats in a row must find the same difference before it is more than a delay. */
  private static final int LAGS = 3;

  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  private final KubernetesClient client;
  private final String uri;
  private Map<String, String> ahead = Map.of();
  private int lags;

  Heartbeat(KubernetesClient client, Location place) {
    this.client = client;
    String label = URLEncoder.encode(Cluster.SERVICE_NAME, StandardCharsets.UTF_8);
    // Version 0 is answered from the API server's memory; it costs etcd nothing.
    this.uri =
        client.getMasterUrl()
            + "apis/discovery.k8s.io/v1/namespaces/%s/endpointslices".formatted(place.namespace())
            + "?resourceVersion=0&labelSelector=%s%%3D%s".formatted(label, place.service());
  }

  /** Asks for the versions of the slices, by name. */
  CompletableFuture<Map<String, String>> ask() {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(uri)
            .header("Accept", METADATA_ONLY)
            .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .build();
    return client
        .getHttpClient()
        .sendAsync(request, String.class)
        .thenApply(Heartbeat::versions)
        // A frozen server accepts the question and never answers.
        .orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Map<String, String> versions(HttpResponse<String> response) {
    if (!response.isSuccessful()) {
      String message = response.body();
      if (message.startsWith("{")) {
        message = new JsonObject(message).getString("message", message);
      }
      throw new KubernetesClientException(message, response.code(), null);
    }
    Map<String, String> versions = new HashMap<>();
    for (Object item : new JsonObject(response.body()).getJsonArray("items")) {
      JsonObject metadata = ((JsonObject) item).getJsonObject("metadata");
      versions.put(metadata.getString("name"), metadata.getString("resourceVersion"));
    }
    return versions;
  }

  /** Whether what the watch knows is what the API says, or was a moment ago. */
  boolean agrees(Map<String, String> said, Map<String, String> known) {
    Map<String, String> differs = new HashMap<>();
    said.forEach(
        (name, version) -> {
          if (!version.equals(known.get(name))) {
            differs.put(name, version);
          }
        });
    known.keySet().stream()
        .filter(name -> !said.containsKey(name))
        .forEach(name -> differs.put(name, ""));
    lags = !differs.isEmpty() && differs.equals(ahead) ? lags + 1 : 0;
    ahead = differs;
    return lags < LAGS - 1;
  }

  /** Forgets what differed, because everything is listed again. */
  void startAnew() {
    lags = 0;
    ahead = Map.of();
  }
}
