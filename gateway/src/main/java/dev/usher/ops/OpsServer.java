package dev.usher.ops;

import dev.usher.http.Problem;
import dev.usher.ops.control.ControlDesk;
import dev.usher.ops.control.OpsAnswer;
import dev.usher.ops.control.Reach;
import dev.usher.server.EdgeFailures;
import dev.usher.server.EdgeServer;
import dev.usher.server.ListenOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operators' port: health, metrics, and the state of rooms and pods; operators control rooms
 * here, and origins end sessions. It has an event loop of its own, so that a crowd at the gateway
 * delays no health check, and a scrape delays no visitor.
 */
public final class OpsServer {
  private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);

  /**
   * Limits for probes, a scraper or two, and a few people. If more come, the longest idle
   * connection makes room, so that no crowd keeps a probe out; and no address has more than half.
   */
  private static final ListenOptions.Limits LIMITS =
      new ListenOptions.Limits(
          8192, 0, 100, 50, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(10));

  private final EdgeServer server;
  private final OpsPages pages;
  private final ControlDesk desk;
  private final LoopPulse pulse;
  private final Vertx vertx;

  /**
   * @param gateway the Vert.x whose event loops must turn for this process to be alive
   */
  public OpsServer(Vertx gateway, OpsOptions options, Running running, Metrics metrics) {
    this.server =
        new EdgeServer(
            new ListenOptions(
                options.host(), options.port(), null, ListenOptions.Proxies.NONE, LIMITS),
            new EdgeFailures());
    this.pulse = new LoopPulse(gateway);
    this.pages = new OpsPages(running, metrics, pulse);
    Reach reach = new Reach(running::rooms, running.passes(), running.storeClock());
    this.desk = new ControlDesk(reach, options.tokens());
    metrics.watch(running);
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
  }

  /** Starts to listen. Completes with the port. A start that fails leaves nothing behind. */
  public Future<Integer> start() {
    vertx.setPeriodic(LoopPulse.BEAT_MILLIS, beat -> pulse.beat());
    return server
        .listen(vertx, this::answerSurely)
        .map(HttpServer::actualPort)
        .onFailure(taken -> vertx.close());
  }

  /** Whether new visitors may be sent to this replica. Safe for any thread. */
  public boolean isReady() {
    return pages.isReady();
  }

  /** Closes the port and its event loop. */
  public Future<Void> close() {
    return vertx.close();
  }

  /** Notes that the visitors' port is open, so that this replica may be ready. */
  public void visitorsMayCome() {
    pages.visitorsMayCome();
  }

  /** Answers in any case, whatever goes wrong. */
  private void answerSurely(HttpServerRequest request) {
    try {
      answer(request);
    } catch (RuntimeException bug) {
      send(request.response(), failed(String.valueOf(request.path()), bug), false);
    }
  }

  private void answer(HttpServerRequest request) {
    String path = request.path() == null ? "/" : request.path();
    HttpMethod method = request.method();
    boolean head = method.equals(HttpMethod.HEAD);
    if (desk.isFor(request)) {
      change(path, request, head);
    } else if (head || method.equals(HttpMethod.GET)) {
      send(request.response(), pages.at(path, request.getHeader("Accept")), head);
    } else {
      send(request.response(), OpsAnswer.only("GET, HEAD"), head);
    }
  }

  private void change(String path, HttpServerRequest request, boolean head) {
    Context loop = vertx.getOrCreateContext();
    desk.answer(request)
        .whenComplete(
            (answer, failure) ->
                loop.runOnContext(
                    v -> {
                      if (!request.response().ended() && !request.response().closed()) {
                        send(
                            request.response(),
                            failure == null ? answer : failed(path, failure),
                            head);
                      }
                    }));
  }

  private static OpsAnswer failed(String path, Throwable bug) {
    StackTraceElement[] trace = bug.getStackTrace();
    // One line: a probe that hits a bug every second must not fill the disk with stack traces.
    LOG.atError()
        .addKeyValue("path", path)
        .addKeyValue("cause", bug)
        .addKeyValue("at", trace.length == 0 ? "unknown" : trace[0])
        .log("ops_failed");
    return OpsAnswer.of(Problem.INTERNAL_ERROR, "The log says more: ops_failed");
  }

  private static void send(HttpServerResponse response, OpsAnswer answer, boolean head) {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    response
        .setStatusCode(answer.status())
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    answer.headers().forEach(response::putHeader);
    if (answer.status() == 204) {
      var unused = response.end();
      return;
    }
    response
        .putHeader("Content-Type", answer.type())
        .putHeader("Content-Length", String.valueOf(body.length));
    var unused = head ? response.end() : response.end(Buffer.buffer(body));
  }
}
