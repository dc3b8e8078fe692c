package dev.usher.edge;

import dev.usher.edge.route.Routes;
import dev.usher.edge.stream.StreamLoop;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HostName;
import dev.usher.http.Problem;
import dev.usher.room.Intent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
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

  /** Where links of the waiting page keep what a visitor chose for it. */
  private static final String PAGE = "/_usher/page";

  /** Where {@link #LEAVE} redirects a browser. */
  static final String LEFT = "/_usher/left";

  private static final String ANSWERS = "place, stream, join, claim and leave";

  private static final Answer WELL = health(200, "ready\n");
  private static final Answer UNWELL = health(503, "not ready\n");

  private final Map<String, RoomEndpoint> doors;
  private final BooleanSupplier ready;

  /**
   * @param ready whether new visitors may be sent to this replica
   */
  UsherPaths(Map<String, RoomEndpoint> doors, BooleanSupplier ready) {
    this.doors = doors;
    this.ready = ready;
  }

  private static Answer health(int status, String words) {
    return new Answer(status, "text/plain; charset=utf-8", Buffer.buffer(words));
  }

  void handle(HttpServerRequest request, Client client, StreamLoop streams, long now) {
    if (Routes.isHealth(request.uri())) {
      health(request);
      return;
    }
    String path = request.path() == null ? "" : request.path();
    Intent intent =
        switch (path) {
          case PLACE, STREAM, LEFT, PAGE -> Intent.LOOK;
          case JOIN -> Intent.JOIN;
          case CLAIM -> Intent.CLAIM;
          default -> Intent.PEEK;
        };
    if (intent == Intent.PEEK && !path.equals(LEAVE)) {
      problem(request, Problem.NO_SUCH_PATH, "Usher answers at " + ANSWERS + " here.");
      return;
    }
    HttpMethod method = intent == Intent.LOOK ? HttpMethod.GET : HttpMethod.POST;
    boolean preflight = Cors.isPreflight(request);
    if (!request.method().equals(method) && !preflight) {
      request.response().headers().set("Allow", method.name());
      problem(request, Problem.WRONG_METHOD, path + " wants " + method.name() + ".");
      return;
    }
    RoomEndpoint door = door(request, client, now);
    if (door == null || door.cors().answers(request)) {
      return;
    }
    door.cors().mark(request, request.response().headers());
    boolean changes = method.equals(HttpMethod.POST);
    if (preflight || (changes && isFromElsewhere(request, client, door))) {
      problem(request, Problem.FOREIGN_SITE, "Another site may not do this for a visitor.");
    } else {
      answer(door, request, client, new PlaceVisit.Wish(intent, now, streams));
    }
  }

  private static void answer(
      RoomEndpoint door, HttpServerRequest request, Client client, PlaceVisit.Wish wish) {
    switch (Objects.requireNonNullElse(request.path(), "")) {
      case LEAVE -> Leaving.leave(door, request, client, wish.now());
      case LEFT -> Leaving.told(door, request);
      case PAGE -> PageChoice.choose(door, request, client);
      case STREAM -> new StreamVisit(door, request, client, wish).begin();
      default -> new PlaceVisit(door, request, client, wish).begin();
    }
  }

  private void health(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
      (ready.getAsBoolean() ? WELL : UNWELL).send(request);
    } else {
      request.response().headers().set("Allow", "GET, HEAD");
      problem(request, Problem.WRONG_METHOD, Routes.HEALTH + " wants GET or HEAD.");
    }
  }

  /** Whether a page of another site sent this: it must not make a visitor give up their place. */
  private static boolean isFromElsewhere(
      HttpServerRequest request, Client client, RoomEndpoint door) {
    if (door.cors().isAllowed(request)) {
      return false;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("cross-site");
    }
    // Older browsers tell only the page's origin. Apps tell nothing.
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    String from =
        HostName.of(origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3));
    String domain = door.route().cookies().domain();
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

  private static void problem(HttpServerRequest request, Problem problem, String detail) {
    Answer.of(problem, detail).send(request);
  }
}
