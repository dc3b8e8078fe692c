package dev.usher;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real pod of which the play says whether it is ready, whether it answers and whether it runs.
 */
final class ColdPod {
  private final Vertx vertx;
  private final HttpServerOptions options;
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<HttpServerRequest> unanswered = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private volatile boolean ready;
  private volatile boolean silent;

  ColdPod(Vertx vertx, HttpServerOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.server = listen(0);
  }

  private HttpServer listen(int port) {
    return vertx
        .createHttpServer(options)
        .requestHandler(this::hear)
        .listen(port, "127.0.0.1")
        .await();
  }

  private void hear(HttpServerRequest request) {
    if ("/healthz".equals(request.path())) {
      var unused = request.response().setStatusCode(ready ? 200 : 503).end();
      return;
    }
    asked.incrementAndGet();
    if (silent) {
      unanswered.add(request);
      request.response().closeHandler(v -> unanswered.remove(request));
    } else {
      var unused = request.response().end("in");
    }
  }

  String url() {
    return (options.isSsl() ? "https" : "http") + "://127.0.0.1:" + server.actualPort();
  }

  /** Pages that it was asked for. */
  int asked() {
    return asked.get();
  }

  /** Those of them that it has not answered, and that are still waited for. */
  int unanswered() {
    return unanswered.size();
  }

  void isReady() {
    ready = true;
  }

  /** From now on it answers probes alone. */
  void fallsSilent() {
    silent = true;
  }

  /** It answers again, and those who still wait too. */
  void speaks() {
    silent = false;
    for (HttpServerRequest each = unanswered.poll(); each != null; each = unanswered.poll()) {
      var unused = each.response().end("in");
    }
  }

  void dies() {
    server.shutdown(0, TimeUnit.MILLISECONDS).await();
  }

  /** It runs again at the same address. */
  void returns() {
    silent = false;
    server = listen(server.actualPort());
  }
}
