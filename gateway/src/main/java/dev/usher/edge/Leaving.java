package dev.usher.edge;

import dev.usher.edge.cookie.TokenCookies;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.NoticeAnswer;
import dev.usher.page.Notice;
import dev.usher.page.NoticePage;
import dev.usher.page.Standing;
import dev.usher.store.Place;
import dev.usher.token.Ticket;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Gives up a visitor's place. A browser is redirected to a page that says so, which may be reloaded
 * without giving anything up twice, and which links back to where the visitor was.
 */
final class Leaving {
  private Leaving() {}

  static void leave(RoomEndpoint door, HttpServerRequest request, Client client, long now) {
    RoomEndpoint.Tokens tokens = door.read(request, client.secure(), now);
    if (!tokens.byHeader()) {
      for (TokenCookies.Kind kind : TokenCookies.Kind.values()) {
        String gone = door.cookies().forget(kind, client.secure());
        request.response().headers().add("Set-Cookie", gone);
      }
    }
    Place place = tokens.place();
    boolean moved = tokens.inLine() instanceof Ticket ticket && door.room().moved().isMoved(ticket);
    if (place == null || moved) {
      // Of a place that is in another browser only this one's token is given up.
      left(door, request, client);
      return;
    }
    // The tokens are gone either way; a place of which the store does not hear lapses by itself.
    Visit.onceTold(
        door, request, door.room().leave(place), (done, failure) -> left(door, request, client));
  }

  private static void left(RoomEndpoint door, HttpServerRequest request, Client client) {
    if (!Navigation.wantsPage(request)) {
      Answer.json(door.json().write(Standing.NONE)).send(request);
      return;
    }
    String back = Back.to(request.headers().get("Referer"), client);
    String query = back == null ? "" : "&back=" + URLEncoder.encode(back, StandardCharsets.UTF_8);
    request
        .response()
        .headers()
        .set("Location", UsherPaths.LEFT + "?room=" + door.route().room() + query);
    new Answer(303, "text/plain; charset=utf-8", Buffer.buffer("You gave up your place.\n"))
        .send(request);
  }

  /** The page that says that the place was given up. */
  static void told(RoomEndpoint door, HttpServerRequest request) {
    String back = Back.within(request.getParam("back"));
    String href = back == null ? door.route().paths().get(0) : back;
    NoticePage.Telling telling = new NoticePage.Telling(Notice.LEFT, false, 0, null, null, href);
    NoticeAnswer.send(request, 200, door.notices(), telling);
  }
}
