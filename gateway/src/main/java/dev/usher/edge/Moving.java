package dev.usher.edge;

import dev.usher.edge.cookie.TokenCookies;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import dev.usher.http.HostName;
import dev.usher.http.LastResort;
import dev.usher.http.NoticeAnswer;
import dev.usher.http.Problem;
import dev.usher.page.Notice;
import dev.usher.page.NoticePage;
import dev.usher.page.PlaceJson;
import dev.usher.page.Standing;
import dev.usher.proxy.RequestBody;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Visitor;
import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.MoveStore.Outcome;
import dev.usher.token.Ticket;
import dev.usher.token.Tickets;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes a visitor's place along to another browser, such as from within an app to the phone's own:
 * the one makes a link, the other opens it and says that the visitor goes on there.
 */
final class Moving {
  private static final SecureRandom CHANCE = new SecureRandom();
  private static final int BY_BYTES = 12;

  private final RoomEndpoint door;
  private final HttpServerRequest request;
  private final Client client;
  private final long now;
  private final RoomEndpoint.Tokens tokens;

  private Moving(RoomEndpoint door, HttpServerRequest request, Client client, long now) {
    this.door = door;
    this.request = request;
    this.client = client;
    this.now = now;
    this.tokens = door.read(request, client.secure(), now);
  }

  /** Makes a link, shows what one is for, or does that. */
  static void handle(RoomEndpoint door, HttpServerRequest request, Client client, long now) {
    Moving moving = new Moving(door, request, client, now);
    String link = request.getParam("link");
    if (request.method().equals(HttpMethod.POST) && link == null) {
      moving.makeLink();
      return;
    }
    Ticket next = link == null ? null : door.tickets().verifyLink(link, door.route().room(), now);
    if (link == null || next == null) {
      moving.refuse(Problem.LINK_SPENT);
    } else if (request.method().equals(HttpMethod.GET)) {
      moving.show(next, link);
    } else {
      moving.take(next, link);
    }
  }

  private void makeLink() {
    if (!(tokens.inLine() instanceof Ticket ticket) || !isGood(ticket)) {
      refuse(Problem.NOTHING_TO_MOVE);
      return;
    }
    String back = Back.to(request.headers().get("Referer"), client);
    String link = origin() + address(door.tickets().signLink(ticket.moved(now)), "", back);
    if (Navigation.wantsPage(request)) {
      tell(200, NoticePage.Telling.moving(Notice.LINK, back == null ? start() : back, link));
      return;
    }
    JsonObject told =
        new JsonObject().put("link", link).put("validForSeconds", Tickets.LINK_LIFE.toSeconds());
    Answer.json(told.toBuffer().appendString("\n").getBytes()).send(request);
  }

  private boolean isGood(Ticket ticket) {
    return ticket.mayMove() && decide(ticket) instanceof Decision.Wait;
  }

  private Decision decide(Ticket ticket) {
    return door.room().decide(new Visitor(Intent.LOOK, ticket, null), now);
  }

  /** What a link leads to. It changes nothing: messengers look at it before people do. */
  private void show(Ticket next, String link) {
    String by = by();
    if (by.isEmpty() ? door.room().moved().isTaken(next) : door.room().moved().isMoved(next)) {
      refuse(Problem.LINK_SPENT);
      return;
    }
    String here = address(link, by.isEmpty() ? newBy() : by, request.getParam("back"));
    tell(200, NoticePage.Telling.moving(Notice.MOVE, here, null));
  }

  private void take(Ticket next, String link) {
    if (tokens.pass() != null) {
      refuse(Problem.NOTHING_TO_MOVE);
      return;
    }
    // As many as may join: each is one more visitor here, and one question to the store.
    boolean proxy = client.trusted() && client.address().equals(client.peer());
    Decision.Why tooFast = proxy ? null : door.joins().refuse(client.inetAddress(), now);
    if (tooFast != null) {
      TurnAwayAnswer.answer(request, door.room().away(tooFast).why(), door);
      return;
    }
    Context loop = Objects.requireNonNull(Vertx.currentContext());
    RequestBody.holdUntilAnswered(request);
    door.room()
        .moved()
        .move(next, by())
        .whenComplete(
            (outcome, failure) ->
                loop.runOnContext(
                    v ->
                        LastResort.run(
                            request,
                            door.notices(),
                            asked -> answer(outcome, next, link),
                            headers -> door.cors().mark(request, headers))));
  }

  private void answer(@Nullable Outcome outcome, Ticket next, String link) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    if (outcome == Outcome.MOVED) {
      give(next.given(now));
    } else if (outcome == Outcome.USED) {
      refuse(Problem.LINK_SPENT);
    } else if (outcome == Outcome.INSIDE || outcome == Outcome.OVER) {
      refuse(Problem.NOTHING_TO_MOVE);
    } else {
      // It may have been done: whoever asks again, as the same browser, is told.
      later(address(link, by(), request.getParam("back")));
    }
  }

  private void give(Ticket ticket) {
    Decision d = decide(ticket);
    Ticket told = d instanceof Decision.Wait w && w.inLine() instanceof Ticket t ? t : ticket;
    String token = door.tickets().sign(told);
    MultiMap headers = request.response().headers();
    if (tokens.byHeader()) {
      headers.set(HeaderNames.USHER_TICKET, token);
    } else {
      long life = door.tickets().life().toSeconds();
      headers.add(
          "Set-Cookie", door.cookies().set(TokenCookies.Kind.TICKET, token, life, client.secure()));
    }
    if (!Navigation.wantsPage(request)) {
      Standing standing =
          d instanceof Decision.Wait wait ? Visit.standing(door, wait) : Standing.NONE;
      byte[] json = door.json().write(standing);
      Answer.json(tokens.byHeader() ? PlaceJson.with(json, "ticket", token) : json).send(request);
      return;
    }
    String back = Back.within(request.getParam("back"));
    headers.set("Location", back == null ? start() : back);
    new Answer(303, "text/plain; charset=utf-8", Buffer.buffer("You continue here.\n"))
        .send(request);
  }

  private void refuse(Problem problem) {
    if (Navigation.wantsPage(request)) {
      String back = Back.within(request.getParam("back"));
      String href = back == null ? start() : back;
      tell(problem.status(), NoticePage.Telling.moving(problem.notice(), href, null));
      return;
    }
    String detail =
        problem == Problem.LINK_SPENT
            ? "It was used, is older than ten minutes, or is none of this room's."
            : "Only a number is moved, of whoever waits with it, a hundred times.";
    Answer.of(problem, detail).send(request);
  }

  private void later(String here) {
    request.response().headers().set(HeaderNames.RETRY_AFTER, "5");
    if (Navigation.wantsPage(request)) {
      tell(503, NoticePage.Telling.moving(Notice.FAULT, here, null));
    } else {
      Answer.of(Problem.STORE_AWAY, "Nobody can be moved now. Ask again as the same browser.")
          .send(request);
    }
  }

  private void tell(int status, NoticePage.Telling telling) {
    NoticeAnswer.send(request, status, door.notices(), telling);
  }

  /** Which browser asks, so that it is told once more what it did not hear; "" if it says none. */
  private String by() {
    String by = request.getParam("by");
    return by == null || !Move.isName(by) ? "" : by;
  }

  private static String newBy() {
    byte[] by = new byte[BY_BYTES];
    CHANCE.nextBytes(by);
    return HexFormat.of().formatHex(by);
  }

  private String start() {
    return door.route().paths().get(0);
  }

  /** Where the visitor asked for this, as another browser has to. */
  private String origin() {
    String host = client.forwardedHost() == null ? client.host() : client.forwardedHost();
    String name = HostName.of(host);
    return name == null || name.isEmpty() ? "" : client.scheme() + "://" + host;
  }

  private String address(String link, String by, @Nullable String back) {
    String path = Back.within(back);
    return (UsherPaths.MOVE + "?room=" + door.route().room() + "&link=" + encoded(link))
        + (by.isEmpty() ? "" : "&by=" + by)
        + (path == null ? "" : "&back=" + encoded(path));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
