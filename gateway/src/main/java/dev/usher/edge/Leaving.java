package dev.usher.edge;

import dev.usher.edge.route.Routes;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HostName;
import dev.usher.http.LastResort;
import dev.usher.page.Standing;
import dev.usher.page.WaitingPage;
import dev.usher.proxy.RequestBody;
import dev.usher.store.Place;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a visitor's place. A browser is redirected to a page that says so, which may be reloaded
 * without giving anything up twice, and which links back to where the visitor was.
 */
final class Leaving {
  /** Longest address linked back to. */
  private static final int BACK_MAX = 1000;

  private Leaving() {}

  static void leave(RoomEndpoint door, HttpServerRequest request, Client client, long now) {
    RoomEndpoint.Tokens tokens = door.read(request, client.secure(), now);
    for (TokenCookies.Kind kind : TokenCookies.Kind.values()) {
      request.response().headers().add("Set-Cookie", door.cookies().forget(kind, client.secure()));
    }
    Place place = tokens.place();
    if (place == null) {
      left(door, request, client);
      return;
    }
    Context loop = Objects.requireNonNull(Vertx.currentContext());
    RequestBody.holdUntilAnswered(request);
    // The tokens are gone either way; a place of which the store does not hear lapses by itself.
    door.room()
        .leave(place)
        .whenComplete(
            (done, failure) ->
                loop.runOnContext(
                    v -> LastResort.run(request, asked -> left(door, asked, client))));
  }

  private static void left(RoomEndpoint door, HttpServerRequest request, Client client) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    if (!Navigation.wantsPage(request)) {
      Answer.json(door.json().write(Standing.NONE)).send(request);
      return;
    }
    String back = back(request.headers().get("Referer"), client);
    String query = back == null ? "" : "&back=" + URLEncoder.encode(back, StandardCharsets.UTF_8);
    request
        .response()
        .headers()
        .set("Location", UsherPaths.LEFT + "?room=" + door.route().room() + query);
    new Answer(303, "text/plain; charset=utf-8", Buffer.buffer("You gave up your place.\n"))
        .send(request);
  }

  /** The page of this host that had the button, as its path and query. */
  private static @Nullable String back(@Nullable String referer, Client client) {
    int host = referer == null ? -1 : referer.indexOf("://") + 3;
    int path = referer == null || host < 3 ? -1 : referer.indexOf('/', host);
    if (referer == null || path < 0 || referer.length() - path > BACK_MAX) {
      return null;
    }
    String from = HostName.of(referer.substring(host, path));
    boolean ours =
        from != null
            && (from.equals(HostName.of(client.host()))
                || (client.forwardedHost() != null
                    && from.equals(HostName.of(client.forwardedHost()))));
    return ours ? within(referer.substring(path)) : null;
  }

  /** The path, if it can lead nowhere but to this host; else null. */
  private static @Nullable String within(@Nullable String path) {
    return path != null
            && path.startsWith("/")
            && !path.startsWith("//")
            && !path.startsWith("/\\")
            && !path.startsWith(Routes.RESERVED)
            && path.length() <= BACK_MAX
            && path.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? path
        : null;
  }

  /** The page that says that the place was given up. */
  static void told(RoomEndpoint door, HttpServerRequest request) {
    String back = within(request.getParam("back"));
    byte[] page =
        WaitingPage.notice(
            "You gave up your place",
            "If you come back, you begin at the end of the line.",
            new WaitingPage.Link(
                back == null ? door.route().paths().get(0) : back, "Take a new place"));
    Answer.page(200, page).send(request);
  }
}
