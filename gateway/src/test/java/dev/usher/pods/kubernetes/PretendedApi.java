package dev.usher.pods.kubernetes;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As much of a Kubernetes API as one service takes, for what a real one does once a month: a
 * version it no longer knows, a watch that dies in silence, an object nobody has thought of.
 */
final class PretendedApi implements AutoCloseable {
  private static final String SLICES = "endpointslices";
  private static final String COLOUR = "colour";

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Map<String, JsonObject> slices = new ConcurrentSkipListMap<>();
  private final Map<String, JsonObject> pods = new ConcurrentSkipListMap<>();

  /** Who watches the slices, or the pods of a selector. */
  private final Map<String, Queue<ServerWebSocket>> watches = new ConcurrentHashMap<>();

  private final Map<String, AtomicInteger> listed = new ConcurrentHashMap<>();
  private final AtomicInteger version = new AtomicInteger(100);
  private final Queue<Event> past = new ConcurrentLinkedQueue<>();

  /** Told in this version; who watches from an earlier one is told again. */
  private record Event(String what, int version, String text) {}

  volatile boolean serviceIsThere = true;

  /** Whether the service has a selector, rather than slices that somebody else makes. */
  volatile boolean selects = true;

  /** Which pods the service selects; those made now are of this colour too. */
  volatile String colour = "blue";

  /** What the service asks for; nobody obeys. */
  volatile String affinity = "None";

  /** It takes questions and never answers. */
  volatile boolean frozen;

  /** Events are lost on their way, and nothing breaks. */
  volatile boolean deafening;

  /** What was changed, each by the address and what was sent. */
  final Queue<String> patched = new ConcurrentLinkedQueue<>();

  /** Resources that may not be listed, or changed. */
  final Set<String> forbidden = ConcurrentHashMap.newKeySet();

  PretendedApi() {
    this.server =
        vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1").await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** How often all objects of this kind were listed in full. */
  int listings(String resource) {
    return listed.getOrDefault(resource, new AtomicInteger()).get();
  }

  /** The slice of this name becomes one of these endpoints. */
  void slice(String name, JsonObject... endpoints) {
    JsonObject slice =
        new JsonObject()
            .put("apiVersion", "discovery.k8s.io/v1")
            .put("kind", "EndpointSlice")
            .put("metadata", metadata(name))
            .put("addressType", "IPv4")
            .put("ports", new JsonArray().add(new JsonObject().put("port", 8080)))
            .put("endpoints", JsonArray.of((Object[]) endpoints));
    boolean known = slices.put(name, slice) != null;
    tell(SLICES, known ? "MODIFIED" : "ADDED", slice);
  }

  static JsonObject endpoint(String address) {
    return new JsonObject()
        .put("addresses", JsonArray.of(address))
        .put(
            "targetRef",
            new JsonObject()
                .put("kind", "Pod")
                .put("name", "pod-" + address)
                .put("uid", "uid-" + address));
  }

  /** One that its Service does not use yet. */
  static JsonObject endpointAtTheGate(String address) {
    return endpoint(address)
        .put("conditions", new JsonObject().put("ready", false).put("serving", false));
  }

  void pod(String address) {
    add(address, podAt(address));
  }

  private JsonObject podAt(String address) {
    JsonObject metadata =
        metadata("pod-" + address)
            .put("uid", "uid-" + address)
            .put("labels", new JsonObject().put(COLOUR, colour));
    return new JsonObject().put("apiVersion", "v1").put("kind", "Pod").put("metadata", metadata);
  }

  private void add(String address, JsonObject pod) {
    pods.put(address, pod);
    tell(selectorOf(pod), "ADDED", pod);
  }

  void podIsDeleted(String address) {
    JsonObject pod = pods.remove(address);
    pod.getJsonObject("metadata").put("resourceVersion", String.valueOf(version.incrementAndGet()));
    tell(selectorOf(pod), "DELETED", pod);
  }

  /** The selector by which this pod is watched. */
  private static String selectorOf(JsonObject pod) {
    return COLOUR + "=" + pod.getJsonObject("metadata").getJsonObject("labels").getString(COLOUR);
  }

  /** A pod that says by an annotation how many sessions it bears. */
  void podThatBears(String address, int sessions) {
    JsonObject pod = podAt(address);
    pod.getJsonObject("metadata")
        .put("annotations", new JsonObject().put(PodLife.SESSIONS, "" + sessions));
    add(address, pod);
  }

  /** A pod whose containers are ready, and which waits for Usher's readiness gate alone. */
  void podAtTheGate(String address) {
    JsonObject gate = new JsonObject().put("conditionType", ReadinessGate.CONDITION);
    JsonObject containers =
        new JsonObject()
            .put("type", "ContainersReady")
            .put("status", "True")
            .put("lastTransitionTime", "2026-01-01T00:00:00Z");
    add(
        address,
        podAt(address)
            .put("spec", new JsonObject().put("readinessGates", new JsonArray().add(gate)))
            .put("status", new JsonObject().put("conditions", new JsonArray().add(containers))));
  }

  private JsonObject metadata(String name) {
    return new JsonObject()
        .put("name", name)
        .put("namespace", "shop")
        .put("resourceVersion", String.valueOf(version.incrementAndGet()));
  }

  /** The API no longer knows the version from which the slices are watched. */
  void forgetsOldVersions() {
    tell(
        SLICES,
        "ERROR",
        new JsonObject()
            .put("apiVersion", "v1")
            .put("kind", "Status")
            .put("status", "Failure")
            .put("message", "too old resource version")
            .put("reason", "Expired")
            .put("code", 410));
  }

  void cutsAllWatches() {
    watches.values().forEach(all -> all.forEach(socket -> socket.close()));
  }

  private void tell(String what, String type, JsonObject object) {
    if (deafening) {
      return;
    }
    String event = new JsonObject().put("type", type).put("object", object).encode();
    past.add(new Event(what, version.get(), event));
    watches
        .getOrDefault(what, new ConcurrentLinkedQueue<>())
        .forEach(socket -> socket.writeTextMessage(event));
  }

  private void answer(HttpServerRequest request) {
    if (frozen) {
      return;
    }
    String path = String.valueOf(request.path());
    String resource = path.substring(path.lastIndexOf('/') + 1);
    if (forbidden.contains(resource)) {
      refuse(request, resource);
    } else if (request.method().equals(HttpMethod.GET) && path.contains("/pods/")) {
      // Nobody is granted to read a single pod.
      refuse(request, resource);
    } else if (request.method().equals(HttpMethod.PATCH)) {
      request.body().onSuccess(body -> patched.add(path + " " + body));
      send(request, new JsonObject().put("kind", "Pod").put("apiVersion", "v1"));
    } else if (path.endsWith("/selfsubjectaccessreviews")) {
      send(
          request,
          new JsonObject()
              .put("apiVersion", "authorization.k8s.io/v1")
              .put("kind", "SelfSubjectAccessReview")
              .put("status", new JsonObject().put("allowed", true)));
    } else if (path.endsWith("/services/shop")) {
      service(request);
    } else if (request.getParam("watch") != null) {
      watch(request, resource);
    } else {
      list(request, resource);
    }
  }

  private void service(HttpServerRequest request) {
    if (!serviceIsThere) {
      request.response().setStatusCode(404).end("{\"kind\":\"Status\",\"code\":404}");
      return;
    }
    send(
        request,
        new JsonObject()
            .put("apiVersion", "v1")
            .put("kind", "Service")
            .put("metadata", metadata("shop"))
            .put(
                "spec",
                new JsonObject()
                    .put("selector", selects ? new JsonObject().put(COLOUR, colour) : null)
                    .put("sessionAffinity", affinity)));
  }

  private void watch(HttpServerRequest request, String resource) {
    String what = resource.equals(SLICES) ? SLICES : request.getParam("labelSelector");
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              Queue<ServerWebSocket> all =
                  watches.computeIfAbsent(what, name -> new ConcurrentLinkedQueue<>());
              int from = Integer.parseInt(request.getParam("resourceVersion"));
              past.stream()
                  .filter(event -> event.what().equals(what) && event.version() > from)
                  .forEach(event -> socket.writeTextMessage(event.text()));
              all.add(socket);
              socket.closeHandler(closed -> all.remove(socket));
            });
  }

  private void list(HttpServerRequest request, String resource) {
    String accept = String.valueOf(request.getHeader("Accept"));
    if (!accept.contains("PartialObjectMetadata")) {
      listed.computeIfAbsent(resource, name -> new AtomicInteger()).incrementAndGet();
    }
    String selector = request.getParam("labelSelector");
    List<JsonObject> all =
        resource.equals(SLICES)
            ? List.copyOf(slices.values())
            : pods.values().stream().filter(pod -> selectorOf(pod).equals(selector)).toList();
    String kind = resource.equals(SLICES) ? "EndpointSliceList" : "PodList";
    send(
        request,
        new JsonObject()
            .put("apiVersion", resource.equals(SLICES) ? "discovery.k8s.io/v1" : "v1")
            .put("kind", kind)
            .put("metadata", new JsonObject().put("resourceVersion", version.toString()))
            .put("items", new JsonArray(all)));
  }

  private static void refuse(HttpServerRequest request, String resource) {
    String message =
        resource
            + " is forbidden: User \"usher\" cannot list resource \""
            + resource
            + "\" in API group \"\" in the namespace \"shop\"";
    request
        .response()
        .setStatusCode(403)
        .putHeader("Content-Type", "application/json")
        .end(
            new JsonObject()
                .put("kind", "Status")
                .put("code", 403)
                .put("message", message)
                .encode());
  }

  private static void send(HttpServerRequest request, JsonObject body) {
    request.response().putHeader("Content-Type", "application/json").end(body.encode());
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
