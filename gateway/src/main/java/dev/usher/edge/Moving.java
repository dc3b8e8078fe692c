package dev.usher.edge;

import dev.usher.edge.cookie.TokenCookies;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import dev.usher.http.HostName;
import dev.usher.http.NoticeAnswer;
import dev.usher.http.Problem;
import dev.usher.page.Notice;
import dev.usher.page.NoticePage;
import dev.usher.page.PlaceJson;
import dev.usher.page.Standing;
import dev.usher.room.Decision;
import dev.usher.room.Intent;
import dev.usher.room.Visitor;
import dev.usher.store.upstream.MoveStore.Outcome;
import dev.usher.token.InLine;
import dev.usher.token.Ticket;
import dev.usher.token.Tickets;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Takes a visitor's place along to another browser, such as from within an app to the phone's own:
 * the one makes a link, the other opens it and says that the visitor goes on there.
 */
final class Moving {
  private static final String ONE_WHO_WAITS =
      "Only a number is moved, of whoever waits with it, a hundred times.";
  private static final String SPENT =
      "It was used, is older than ten minutes, or is none of this room's.";

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
    moving.tellOthersTheHostAlone();
    String token = request.getParam("link");
    if (request.method().equals(HttpMethod.POST) && token == null) {
      moving.makeLink();
      return;
    }
    Ticket next = token == null ? null : door.tickets().verifyLink(token, door.route().room(), now);
    if (token == null || next == null) {
      moving.refuse(Problem.LINK_SPENT, SPENT);
      return;
    }
    MoveLink link = MoveLink.of(request, door.route().room(), token);
    if (request.method().equals(HttpMethod.GET)) {
      moving.show(next, link);
    } else {
      moving.take(next, link);
    }
  }

  /**
   * The page's own address holds a link that may still be good. Whatever it leads to is told of the
   * host alone; if browsers told nothing at all, they would send the form as one of nowhere.
   */
  private void tellOthersTheHostAlone() {
    MultiMap headers = request.response().headers();
    request
        .response()
        .headersEndHandler(v -> headers.set(HeaderNames.REFERRER_POLICY, "strict-origin"));
  }

  private void makeLink() {
    RoomEndpoint.Token<InLine> shown = tokens.ticket();
    if (shown == null || !(shown.value() instanceof Ticket ticket) || !isGood(ticket)) {
      refuse(Problem.NOTHING_TO_MOVE, ONE_WHO_WAITS);
      return;
    }
    String back = Back.to(request.headers().get("Referer"), client);
    String signed = door.tickets().signLink(ticket.moved(now));
    MoveLink link = new MoveLink(door.route().room(), signed, back);
    if (Navigation.wantsPage(request)) {
      tell(200, copy(link));
      return;
    }
    if (shown.byCookie()) {
      // No script of the site can read the cookie; by a link it would have the place all the same.
      Answer.of(Problem.LINK_ON_PAGE, "Of a ticket in a cookie, a link is shown to its visitor.")
          .send(request);
      return;
    }
    JsonObject told =
        new JsonObject()
            .put("link", origin() + link.address())
            .put("validForSeconds", Tickets.LINK_LIFE.toSeconds());
    Answer.json(told.toBuffer().appendString("\n").getBytes()).send(request);
  }

  /** The page that shows the link. */
  private NoticePage.Telling copy(MoveLink link) {
    return NoticePage.Telling.copying(Notice.LINK, back(link), origin() + link.address());
  }

  private boolean isGood(Ticket ticket) {
    return ticket.mayMove() && decide(ticket) instanceof Decision.Wait;
  }

  private Decision decide(InLine ticket) {
    return door.room().decide(new Visitor(Intent.LOOK, ticket, null), now);
  }

  /** What a link leads to. It changes nothing: messengers look at it before people do. */
  private void show(Ticket next, MoveLink link) {
    if (door.room().moved().isTaken(next)) {
      refuse(Problem.LINK_SPENT, SPENT);
    } else if (isFromHere(next)) {
      tell(200, copy(link));
    } else if (hasAnother(next)) {
      keepOrTake(link);
    } else {
      String here = link.forOneBrowser().address();
      tell(200, NoticePage.Telling.pressing(Notice.MOVE, start(), here));
    }
  }

  /** Whether the browser that the place comes from asks: it is to be opened in the other one. */
  private boolean isFromHere(Ticket next) {
    return tokens.inLine() instanceof Ticket mine
        && mine.place().equals(next.place())
        && mine.generation() < next.generation()
        && !door.room().moved().isMoved(mine)
        && decide(mine) instanceof Decision.Wait;
  }

  /** Whether the visitor has a place here that is not the link's: it must not be lost unasked. */
  private boolean hasAnother(Ticket next) {
    InLine mine = tokens.inLine();
    return mine != null
        && !(mine instanceof Ticket ticket && ticket.place().equals(next.place()))
        && !(decide(mine) instanceof Decision.TurnAway);
  }

  /** Asks which of two places the visitor wishes: whoever sent the link may not have meant well. */
  private void keepOrTake(MoveLink link) {
    if (Navigation.wantsPage(request)) {
      String here = link.forOneBrowser().insteadOfMine().address();
      tell(
          Problem.PLACE_HERE.status(),
          NoticePage.Telling.pressing(Problem.PLACE_HERE.notice(), back(link), here));
    } else {
      String detail = "It is another one than the link's, which you get with instead=1.";
      Answer.of(Problem.PLACE_HERE, detail).send(request);
    }
  }

  private void take(Ticket next, MoveLink link) {
    if (tokens.pass() != null) {
      refuse(Problem.NOTHING_TO_MOVE, ONE_WHO_WAITS);
      return;
    }
    if (isFromHere(next)) {
      stay(link);
      return;
    }
    if (!link.instead() && hasAnother(next)) {
      keepOrTake(link);
      return;
    }
    // As many as may join: each is one more visitor here, and one question to the store.
    boolean proxy = client.trusted() && client.address().equals(client.peer());
    Decision.Why tooFast = proxy ? null : door.joins().refuse(client.inetAddress(), now);
    if (tooFast != null) {
      TurnAwayAnswer.answer(request, door.room().away(tooFast).why(), door);
      return;
    }
    Visit.onceTold(
        door,
        request,
        door.room().moved().move(next, link.by()),
        (outcome, failure) -> answer(outcome, next, link));
  }

  private void stay(MoveLink link) {
    if (Navigation.wantsPage(request)) {
      tell(Problem.NOTHING_TO_MOVE.status(), copy(link));
    } else {
      refuse(Problem.NOTHING_TO_MOVE, "The place is with this ticket: use the link elsewhere.");
    }
  }

  private void answer(@Nullable Outcome outcome, Ticket next, MoveLink link) {
    if (outcome == null) {
      // It may have been done: whoever asks again, as the same browser, is told.
      later(link);
      return;
    }
    switch (outcome) {
      case MOVED -> give(next.given(now), link);
      case USED -> refuse(Problem.LINK_SPENT, SPENT);
      case INSIDE, OVER -> refuse(Problem.NOTHING_TO_MOVE, ONE_WHO_WAITS);
      case FULL ->
          refuse(
              Problem.NOTHING_TO_MOVE,
              "So many places of this line were moved that the others stay where they are.");
    }
  }

  private void give(Ticket ticket, MoveLink link) {
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
    // No redirect: whose turn it is comes in by it, and browsers stop a form whose answer a pod
    // then redirects to another site.
    String on = back(link);
    headers.set(HeaderNames.REFRESH, "0;url=" + on);
    tell(200, NoticePage.Telling.copying(Notice.HERE, on, null));
  }

  private void refuse(Problem problem, String detail) {
    if (Navigation.wantsPage(request)) {
      String back = Back.within(request.getParam("back"));
      String href = back == null ? start() : back;
      tell(problem.status(), NoticePage.Telling.copying(problem.notice(), href, null));
    } else {
      Answer.of(problem, detail).send(request);
    }
  }

  private void later(MoveLink link) {
    request.response().headers().set(HeaderNames.RETRY_AFTER, "5");
    if (Navigation.wantsPage(request)) {
      tell(503, NoticePage.Telling.pressing(Notice.FAULT, start(), link.address()));
    } else {
      Answer.of(Problem.STORE_AWAY, "Nobody can be moved now. Ask again as the same browser.")
          .send(request);
    }
  }

  private void tell(int status, NoticePage.Telling telling) {
    NoticeAnswer.send(request, status, door.notices(), telling);
  }

  private String back(MoveLink link) {
    return link.back() == null ? start() : link.back();
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
}
