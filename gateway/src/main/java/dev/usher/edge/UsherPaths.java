package dev.usher.edge;

import dev.usher.edge.route.Routes;
import dev.usher.edge.stream.StreamLoop;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import dev.usher.http.HostName;
import dev.usher.http.Problem;
import dev.usher.page.WaitingPage;
import dev.usher.room.Intent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The reserved paths by which pages and apps ask, listen, join, claim and leave. */
final class UsherPaths {
  private static final String PLACE = "/_usher/place";
  private static final String STREAM = "/_usher/stream";
  private static final String JOIN = "/_usher/join";
  private static final String CLAIM = "/_usher/claim";
  private static final String LEAVE = "/_usher/leave";

  /** Where a visitor asks for a link to another browser, and where that leads. */
  static final String MOVE = "/_usher/move";

  private static final String DOCUMENT = "/_usher/openapi.json";

  /** Where links of the waiting page keep what a visitor chose for it. */
  private static final String PAGE = "/_usher/page";

  /** Where {@link #LEAVE} redirects a browser. */
  static final String LEFT = "/_usher/left";

  private static final Answer API = document();
  private static final Answer WELL = health(200, "ready\n");
  private static final Answer UNWELL = health(503, "not ready\n");

  private final Map<String, RoomEndpoint> doors;
  private final Cors ofAny;
  private final BooleanSupplier ready;

  /**
   * @param ofAny which pages of other hosts may call one of the rooms
   * @param ready whether new visitors may be sent to this replica
   */
  UsherPaths(Map<String, RoomEndpoint> doors, Cors ofAny, BooleanSupplier ready) {
    this.doors = doors;
    this.ofAny = ofAny;
    this.ready = ready;
  }

  /** What apps can ask here, as OpenAPI describes it; read and encoded once, without blanks. */
  private static Answer document() {
    try (InputStream in =
        Objects.requireNonNull(UsherPaths.class.getResourceAsStream("openapi.json"))) {
      return Answer.json(new JsonObject(Buffer.buffer(in.readAllBytes())).toBuffer().getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("A resource of the gateway's own must be readable", e);
    }
  }

  private static Answer health(int status, String words) {
    return new Answer(status, "text/plain; charset=utf-8", Buffer.buffer(words));
  }

  void handle(HttpServerRequest request, Client client, StreamLoop streams, long now) {
    String path = path(request);
    if (Routes.isHealth(request.uri())) {
      health(request);
      return;
    }
    if (path.equals(DOCUMENT)) {
      show(request, path, API);
      return;
    }
    if (path.equals(PAGE) && isOfNoRoom(request)) {
      boolean partitioned =
          doors.values().stream().anyMatch(door -> door.route().cookies().partitioned());
      PageChoice.choose("/", partitioned, request, client);
      return;
    }
    answer(request, client, new PlaceVisit.Wish(wanted(path), now, streams));
  }

  private static String path(HttpServerRequest request) {
    return Objects.requireNonNullElse(request.path(), "");
  }

  /** What a request to this path wants; {@link Intent#PEEK} if nothing that a room knows. */
  private static Intent wanted(String path) {
    return switch (path) {
      case PLACE, STREAM, LEFT, PAGE, WaitingPage.LOGO -> Intent.LOOK;
      case JOIN -> Intent.JOIN;
      case CLAIM -> Intent.CLAIM;
      default -> Intent.PEEK;
    };
  }

  private void answer(HttpServerRequest request, Client client, PlaceVisit.Wish wish) {
    String path = path(request);
    Intent intent = wish.intent();
    if (intent == Intent.PEEK && !path.equals(LEAVE) && !path.equals(MOVE)) {
      problem(
          request,
          Problem.NO_SUCH_PATH,
          "Usher answers at place, stream, join, claim, leave, move and openapi.json.");
      return;
    }
    // A link to another browser is opened before it is used.
    boolean opens = path.equals(MOVE) && isGet(request);
    HttpMethod method = intent == Intent.LOOK || opens ? HttpMethod.GET : HttpMethod.POST;
    boolean preflight = Cors.isPreflight(request);
    if (!request.method().equals(method) && !preflight) {
      request.response().headers().set("Allow", allowed(path, method));
      problem(request, Problem.WRONG_METHOD, path + " wants " + allowed(path, method) + ".");
      return;
    }
    RoomEndpoint door = door(request, client, wish.now());
    if (door == null || door.cors().answers(request)) {
      return;
    }
    door.cors().mark(request, request.response().headers());
    boolean changes = method.equals(HttpMethod.POST);
    if (preflight || (changes && isFromElsewhere(request, client, door, wish.now()))) {
      Answer.of(Problem.FOREIGN_SITE, "Another site may not do this for a visitor.").send(request);
    } else {
      answer(door, request, client, wish);
    }
  }

  private static String allowed(String path, HttpMethod method) {
    return path.equals(MOVE) ? "GET, POST" : method.name();
  }

  private static boolean isGet(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET);
  }

  /** Whether this is the link by which a notice of no room is kept from reloading itself. */
  private static boolean isOfNoRoom(HttpServerRequest request) {
    String query = request.query();
    return request.method().equals(HttpMethod.GET)
        && ("reload=off".equals(query) || "reload=on".equals(query));
  }

  private static void answer(
      RoomEndpoint door, HttpServerRequest request, Client client, PlaceVisit.Wish wish) {
    switch (path(request)) {
      case LEAVE -> Leaving.leave(door, request, client, wish.now());
      case MOVE -> Moving.handle(door, request, client, wish.now());
      case LEFT -> Leaving.told(door, request);
      case PAGE -> PageChoice.choose(door, request, client);
      case WaitingPage.LOGO -> LogoAnswer.send(door.logo(), request);
      case STREAM -> new StreamVisit(door, request, client, wish).begin();
      default -> new PlaceVisit(door, request, client, wish).begin();
    }
  }

  private void health(HttpServerRequest request) {
    boolean well = ready.getAsBoolean();
    if (!well) {
      request.response().headers().set(HeaderNames.RETRY_AFTER, "1");
    }
    show(request, Routes.HEALTH, well ? WELL : UNWELL);
  }

  /** Shows what is the same for everyone. */
  private void show(HttpServerRequest request, String path, Answer answer) {
    if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
      ofAny.mark(request, request.response().headers());
      answer.send(request);
    } else if (!ofAny.answers(request)) {
      request.response().headers().remove(HeaderNames.RETRY_AFTER).set("Allow", "GET, HEAD");
      problem(request, Problem.WRONG_METHOD, path + " wants GET or HEAD.");
    }
  }

  /**
   * Whether a page of another site sent this: it must not make a visitor give up their place. A
   * place is taken along or taken over by pages of its own host alone, not by those of another host
   * of the site, nor by any that {@code cors.origins} names, unless they send the ticket
   * themselves.
   */
  private static boolean isFromElsewhere(
      HttpServerRequest request, Client client, RoomEndpoint door, long now) {
    boolean moves = path(request).equals(MOVE);
    if (door.cors().isAllowed(request)
        && (!moves || door.read(request, client.secure(), now).byHeader())) {
      return false;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return moves
          ? !site.equals("same-origin") && !site.equals("none")
          : site.equals("cross-site");
    }
    // Older browsers tell only the page's origin. Apps tell nothing.
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    String from =
        HostName.of(origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3));
    String domain = moves ? null : door.route().cookies().domain();
    boolean ours =
        from != null
            && (from.equals(HostName.of(client.host()))
                || (client.forwardedHost() != null
                    && from.equals(HostName.of(client.forwardedHost())))
                || (domain != null && (from.equals(domain) || from.endsWith("." + domain))));
    return !ours;
  }

  private @Nullable RoomEndpoint door(HttpServerRequest request, Client client, long now) {
    String name;
    try {
      name = request.getParam("room");
    } catch (IllegalArgumentException e) {
      problem(request, Problem.UNCLEAR_QUERY, "A percent sign must be followed by two hex digits.");
      return null;
    }
    if (name != null) {
      RoomEndpoint door = doors.get(name);
      if (door == null) {
        problem(request, Problem.NO_SUCH_ROOM, "There is no room of this name.");
      }
      return door;
    }
    if (doors.size() == 1) {
      // The only room needs no look at the tokens; the visit itself checks them, once.
      return doors.values().iterator().next();
    }
    if (ofAny.answers(request)) {
      return null; // a preflight carries no token that would tell the room
    }
    List<RoomEndpoint> held =
        doors.values().stream()
            .filter(door -> door.read(request, client.secure(), now).place() != null)
            .toList();
    if (held.size() == 1) {
      return held.get(0);
    }
    String why =
        held.isEmpty() ? "You hold no ticket that tells it." : "You hold places in several.";
    problem(request, Problem.WHICH_ROOM, why + " Add ?room=NAME.");
    return null;
  }

  /** Before it is known of which room the request is. */
  private void problem(HttpServerRequest request, Problem problem, String detail) {
    ofAny.mark(request, request.response().headers());
    Answer.of(problem, detail).send(request);
  }
}
