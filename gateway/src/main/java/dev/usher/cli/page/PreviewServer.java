package dev.usher.cli.page;

import dev.usher.config.GatewayConfig;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.page.Choice;
import dev.usher.page.Language;
import dev.usher.page.Logo;
import dev.usher.page.Notice;
import dev.usher.page.NoticePage;
import dev.usher.page.PlaceJson;
import dev.usher.page.Standing;
import dev.usher.page.WaitingPage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Serves the pages at {@code /ROOM/STATE/LANGUAGE}, and what their script asks for: the state of
 * the page that asks.
 */
final class PreviewServer {
  /** Where the configuration is read anew. */
  interface Source {
    GatewayConfig read() throws RefusedConfigException;
  }

  private static final String HOST = "127.0.0.1";
  private static final Set<String> HERE = Set.of(HOST, "localhost");
  private static final Shown NOTHING = new Shown(Standing.NONE, null, null, Shown.Trouble.NONE);

  private final Vertx vertx = Vertx.vertx();
  private final Source config;
  private final HttpServer server;

  private PreviewServer(Source config, int port) {
    this.config = config;
    this.server = vertx.createHttpServer(new HttpServerOptions().setHost(HOST).setPort(port));
    server.requestHandler(this::handle);
  }

  /**
   * Starts to serve.
   *
   * @param port the port on this machine; 0 for any free one
   * @throws IllegalStateException if it cannot listen there
   */
  static PreviewServer start(Source config, int port) {
    PreviewServer started = new PreviewServer(config, port);
    try {
      var unused = started.server.listen().toCompletionStage().toCompletableFuture().join();
      return started;
    } catch (CompletionException e) {
      started.close();
      throw new IllegalStateException(
          "Cannot listen on " + HOST + ":" + port + ": choose another --port", e);
    }
  }

  int port() {
    return server.actualPort();
  }

  void close() {
    var unused = vertx.close();
  }

  private void handle(HttpServerRequest request) {
    try {
      String path = Objects.requireNonNullElse(request.path(), "/");
      HostAndPort asked = request.authority();
      if (asked == null || !HERE.contains(asked.host())) {
        // A page of another site may have its own name for this machine.
        request.response().setStatusCode(421);
        send(request, "text/plain; charset=utf-8", Buffer.buffer("Ask for 127.0.0.1\n"));
      } else if (path.equals("/")) {
        send(request, "text/html; charset=utf-8", Buffer.buffer(PreviewIndex.of(config.read())));
      } else if (path.startsWith("/_usher/")) {
        asked(request, path);
      } else {
        page(request, List.of(path.substring(1).split("/", -1)));
      }
    } catch (RefusedConfigException e) {
      String problems = String.join("\n", e.problems().stream().map(Object::toString).toList());
      request.response().setStatusCode(500);
      send(request, "text/plain; charset=utf-8", Buffer.buffer(problems + "\n"));
    }
  }

  private void page(HttpServerRequest request, List<String> words) throws RefusedConfigException {
    GatewayConfig.Room room = words.size() == 3 ? room(words.get(0)) : null;
    Shown shown = words.size() == 3 ? Shown.all().get(words.get(1)) : null;
    Language language = words.size() == 3 ? Language.of(words.get(2)) : null;
    if (room == null || shown == null || language == null) {
      notFound(request);
      return;
    }
    if (shown.notice() != null) {
      notice(request, room, shown.notice(), new Choice(language, true));
      return;
    }
    WaitingPage page = new WaitingPage(room.route().room(), room.policy().title(), room.look());
    request.response().putHeader("Content-Security-Policy", page.policy());
    WaitingPage.View view =
        new WaitingPage.View(
            new Choice(language, true),
            // The page remembers how far a number has come: each state has its own.
            new WaitingPage.LineNumber(1, words.get(1).hashCode() & 0xffff),
            shown.ended(),
            shown.trouble() == Shown.Trouble.IN_A_FRAME);
    send(request, "text/html; charset=utf-8", Buffer.buffer(page.write(shown.standing(), view)));
  }

  private static void notice(
      HttpServerRequest request, GatewayConfig.Room room, Notice notice, Choice choice) {
    NoticePage page = new NoticePage(room.route().room(), room.policy().title(), room.look());
    request.response().putHeader("Content-Security-Policy", page.policy());
    NoticePage.Telling telling = NoticePage.Telling.of(notice, false);
    send(request, "text/html; charset=utf-8", Buffer.buffer(page.write(telling, choice)));
  }

  private GatewayConfig.@Nullable Room room(@Nullable String name) throws RefusedConfigException {
    return config.read().rooms().stream()
        .filter(room -> room.route().room().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** What a page loads or asks for; what it does changes nothing, and leads back to it. */
  private void asked(HttpServerRequest request, String path) throws RefusedConfigException {
    GatewayConfig.Room room = room(request.getParam("room"));
    if (room == null) {
      notFound(request);
    } else if (path.equals(WaitingPage.LOGO)) {
      Logo logo = room.look().logo();
      if (logo == null) {
        notFound(request);
      } else {
        send(request, logo.type(), Buffer.buffer(logo.bytes()));
      }
    } else if (path.equals("/_usher/page") || path.equals("/_usher/leave")) {
      request.response().setStatusCode(303).putHeader("Location", back(request)).end();
    } else {
      place(request, room, Shown.all().getOrDefault(part(request, 1), NOTHING));
    }
  }

  private static void place(HttpServerRequest request, GatewayConfig.Room room, Shown shown) {
    PlaceJson json = new PlaceJson(room.route().room());
    switch (shown.trouble()) {
      case NONE -> send(request, "application/json", Buffer.buffer(json.write(shown.standing())));
      case NO_COOKIES, IN_A_FRAME ->
          send(request, "application/json", Buffer.buffer(json.write(Standing.NONE)));
      case BUSY -> {
        request.response().setStatusCode(503).putHeader("Retry-After", "600");
        send(request, "text/plain; charset=utf-8", Buffer.buffer("Too busy\n"));
      }
      case NO_CONNECTION -> {
        var unused = request.connection().close();
      }
    }
  }

  /** The page that asks, in the language that it asks for. */
  private static String back(HttpServerRequest request) {
    String asked = request.getParam("language");
    Language language = Language.of(asked == null ? part(request, 2) : asked);
    String tag = (language == null ? Language.ENGLISH : language).tag();
    return "/" + part(request, 0) + "/" + part(request, 1) + "/" + tag;
  }

  /** A word of the path of the page that asks; nothing if it does not say. */
  private static String part(HttpServerRequest request, int at) {
    String referer = Objects.requireNonNullElse(request.getHeader("Referer"), "");
    int host = referer.indexOf("://");
    String[] words = referer.substring(host < 0 ? 0 : host + 3).split("/", -1);
    return words.length > at + 1 ? words[at + 1] : "";
  }

  private static void notFound(HttpServerRequest request) {
    request.response().setStatusCode(404);
    send(request, "text/plain; charset=utf-8", Buffer.buffer("There is no such page: see /\n"));
  }

  private static void send(HttpServerRequest request, String type, Buffer body) {
    var unused =
        request
            .response()
            .putHeader("Content-Type", type)
            .putHeader("Cache-Control", "no-store")
            .end(body);
  }
}
