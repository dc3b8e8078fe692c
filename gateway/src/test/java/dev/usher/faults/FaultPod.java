package dev.usher.faults;

import dev.usher.visit.VisitTokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A small real pod, which counts what it has in flight and notes whose requests they are. */
final class FaultPod {
  /** How long a request takes; it goes on when the gateway that sent it dies. */
  private static final long WORK_MILLIS = 25;

  private final Vertx vertx;
  private final History history;
  private final HttpServer server;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final int cap;

  /**
   * Begins to listen.
   *
   * @param cap most requests that it is to have in flight
   */
  FaultPod(Vertx vertx, History history, int cap) {
    this.cap = cap;
    this.vertx = vertx;
    this.history = history;
    this.server = vertx.createHttpServer().requestHandler(this::answer);
    try {
      server
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("A pod must listen but does not", e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    if ("/healthz".equals(request.path())) {
      var unused = request.response().end("well");
      return;
    }
    String pass = request.getHeader("Usher-Pass");
    String session = pass == null ? "none" : VisitTokens.session(pass);
    history.used(session);
    history.pod(inFlight.incrementAndGet(), cap);
    vertx.setTimer(
        WORK_MILLIS,
        done -> {
          inFlight.decrementAndGet();
          history.used(session);
          if (!request.response().closed()) {
            var unused = request.response().putHeader("Cache-Control", "no-store").end("in");
          }
        });
  }
}
