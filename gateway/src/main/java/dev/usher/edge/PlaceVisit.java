package dev.usher.edge;

import dev.usher.edge.cookie.TokenCookies;
import dev.usher.edge.stream.StreamLoop;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import dev.usher.page.Standing;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.token.Pass;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request about the visitor's place: a question, or a wish to join or to claim. Answered in JSON.
 */
sealed class PlaceVisit extends Visit permits StreamVisit {
  PlaceVisit(RoomEndpoint door, HttpServerRequest request, Client client, Wish wish) {
    super(door, request, client, wish.intent(), wish.now());
  }

  /**
   * What the visitor wants, and the time of the request.
   *
   * @param streams the streams of the request's event loop
   */
  record Wish(Intent intent, long now, StreamLoop streams) {}

  @Override
  public @Nullable Void admit(Decision.Admit d) {
    if (sharesTooMuch(d, client.inetAddress())) {
      return door.room().away(Decision.Why.PASS_SHARED).answer(this);
    }
    HttpServerResponse response = request.response();
    MultiMap headers = response.headers();
    headers.set(HeaderNames.USHER_STATE, HeaderNames.ADMITTED);
    if (d.fresh()) {
      Pass pass = d.pass();
      give(TokenCookies.Kind.PASS, door.passes().sign(pass), kept(pass), headers);
      if (tokens.ticket() != null) {
        forget(TokenCookies.Kind.TICKET, headers);
      }
    }
    say(Standing.ADMITTED);
    return null;
  }

  /** Tells a visitor who does not wait. */
  void say(Standing standing) {
    Answer.json(json(standing, request.response().headers())).send(request);
  }

  /** Such a request is answered here; nothing of it goes on. */
  @Override
  public @Nullable Void passBy(Decision.PassBy d) {
    return turnAway(new Decision.TurnAway(Decision.Why.NOT_JOINED));
  }

  @Override
  void letBy() {
    if (intent == Intent.LOOK && tokens.ticket() == null) {
      say(Standing.NONE);
    } else {
      admit(door.room().watching().begin(tokens.inLine(), now));
    }
  }

  // On the path of every poll: one token checked, one volatile read, prepared bytes and digits.
  @Override
  public @Nullable Void keepWaiting(Decision.Wait d) {
    HttpServerResponse response = waitingResponse(d);
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    Answer.end(response, Buffer.buffer(json(standing(d), response.headers())));
    return null;
  }

  @Override
  public @Nullable Void turnAway(Decision.TurnAway d) {
    if (d.why() == Decision.Why.NOT_JOINED && intent == Intent.LOOK) {
      say(Standing.NONE);
    } else if (d.why() == Decision.Why.MOVED && intent == Intent.LOOK) {
      // The token stays until a page says so: other tabs of the browser ask with it, and who asks
      // without one takes another place.
      say(Standing.MOVED);
    } else {
      TurnAwayAnswer.answer(request, d.why(), door);
    }
    return null;
  }
}
