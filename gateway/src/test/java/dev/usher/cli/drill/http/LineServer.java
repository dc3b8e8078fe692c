package dev.usher.cli.drill.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;

/**
 * A line for tests of the drill: so many may be inside, the others wait and are told their place.
 * It speaks Usher's protocol on one event loop and keeps everything in plain collections.
 */
public final class LineServer implements AutoCloseable {
  private static final int ASK_AGAIN_MS = 250;

  private final Vertx vertx = Vertx.vertx();
  private final int capacity;
  private final LongUnaryOperator told;
  private final Queue<String> line = new ArrayDeque<>();
  private final Set<String> inside = new HashSet<>();
  private final Map<String, Long> askedAt = new HashMap<>();
  private final int port;
  private final boolean tls;
  private int tickets;
  public final AtomicInteger insideMax = new AtomicInteger();
  public final AtomicInteger left = new AtomicInteger();
  public final AtomicInteger askedTooSoon = new AtomicInteger();

  /** {@code told} turns the true position into the one that is told. */
  public LineServer(int capacity, LongUnaryOperator told) {
    this(capacity, told, new HttpServerOptions());
  }

  /** A line that is served so. */
  public LineServer(int capacity, LongUnaryOperator told, HttpServerOptions served) {
    this.capacity = capacity;
    this.told = told;
    this.tls = served.isSsl();
    this.port =
        vertx
            .createHttpServer(served)
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
  }

  public Target target() {
    return Target.of((tls ? "https" : "http") + "://localhost:" + port + "/");
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void answer(HttpServerRequest request) {
    String who = visitor(request);
    switch (String.valueOf(request.path())) {
      case "/_usher/place" -> place(request, who);
      case "/_usher/leave" -> {
        inside.remove(who);
        left.incrementAndGet();
        var unused = request.response().setStatusCode(204).end();
      }
      default -> page(request, who);
    }
  }

  private void page(HttpServerRequest request, String who) {
    HttpServerResponse response = request.response();
    if (inside.contains(who) || mayComeIn(who)) {
      line.remove(who);
      inside.add(who);
      insideMax.accumulateAndGet(inside.size(), Math::max);
      response.putHeader("Usher-State", "admitted");
      response.putHeader("Set-Cookie", "usher-pass-hall=" + who + "; Path=/; HttpOnly");
    } else {
      if (!line.contains(who)) {
        line.add(who);
      }
      response.putHeader("Usher-State", "waiting").putHeader("Retry-After", "1");
      response.putHeader("Set-Cookie", "usher-ticket-hall=" + who + "; Path=/; HttpOnly");
      askedAt.put(who, System.nanoTime());
    }
    var unused = response.end("<p>hello</p>");
  }

  private void place(HttpServerRequest request, String who) {
    long now = System.nanoTime();
    Long before = askedAt.put(who, now);
    if (before != null && now - before < TimeUnit.MILLISECONDS.toNanos(ASK_AGAIN_MS)) {
      askedTooSoon.incrementAndGet();
    }
    long position = 1;
    for (String other : line) {
      if (other.equals(who)) {
        break;
      }
      position++;
    }
    JsonObject said =
        new JsonObject().put("room", "hall").put("position", told.applyAsLong(position));
    said.put("state", mayComeIn(who) ? "called" : "waiting");
    said.put("retryAfterSeconds", ASK_AGAIN_MS / 1000.0);
    var unused = request.response().end(said.encode());
  }

  private boolean mayComeIn(String who) {
    int free = capacity - inside.size();
    return line.contains(who)
        ? line.stream().limit(free).anyMatch(who::equals)
        : line.isEmpty() && free > 0;
  }

  private String visitor(HttpServerRequest request) {
    String cookies = request.getHeader("Cookie");
    return cookies == null ? "v" + ++tickets : cookies.substring(cookies.lastIndexOf('=') + 1);
  }
}
