package dev.usher;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A small real pod. It notes what it was asked, and does what the query says. */
public final class TestPod {
  /** What came, probes left out. */
  final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  /** The bodies that came, those that were not empty. */
  final Queue<String> bodies = new ConcurrentLinkedQueue<>();

  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private volatile boolean ready = true;

  /** A request as the pod saw it. */
  record Asked(String method, String uri, MultiMap headers) {
    @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  public TestPod(Vertx vertx) {
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(this::answer)
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    if ("/healthz".equals(request.path())) {
      var unused = request.response().setStatusCode(ready ? 200 : 503).end("well");
      return;
    }
    MultiMap copy = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
    asked.add(new Asked(request.method().name(), request.uri(), copy));
    if (request.getHeader("Upgrade") != null) {
      var unused = request.toWebSocket();
      return;
    }
    request.handler(part -> bodies.add(part.toString()));
    String cacheControl = request.getParam("cacheControl");
    if (cacheControl != null) {
      request.response().putHeader("Cache-Control", cacheControl);
    }
    String allow = request.getParam("allow");
    if (allow != null) {
      request.response().putHeader("Access-Control-Allow-Origin", allow);
    }
    String status = request.getParam("status");
    if (status != null) {
      request.response().setStatusCode(Integer.parseInt(status));
    }
    if (request.getParam("end") != null) {
      request.response().putHeader("Usher-Session", "end");
    }
    String stock = request.getParam("stock");
    if (stock != null) {
      request.response().putHeader("Usher-Stock", stock);
    }
    if (request.getParam("held") == null) {
      var unused = request.response().putHeader("Content-Type", "text/plain").end("in");
    } else {
      held.add(request);
      // Who left is not held any more.
      request.response().closeHandler(v -> held.remove(request));
    }
  }

  /** Whether it says so to who probes it. */
  void isReady(boolean now) {
    ready = now;
  }

  /** How many requests wait for {@link #release}. */
  int held() {
    return held.size();
  }

  /** Answers those who asked with {@code ?held}. */
  void release() {
    for (HttpServerRequest request = held.poll(); request != null; request = held.poll()) {
      var unused = request.response().end("in at last");
    }
  }

  /** The last request it had. */
  Asked last() {
    List<Asked> all = List.copyOf(asked);
    return all.get(all.size() - 1);
  }
}
