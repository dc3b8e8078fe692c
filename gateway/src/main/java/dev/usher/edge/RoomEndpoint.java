package dev.usher.edge;

import dev.usher.edge.cookie.TokenCookies;
import dev.usher.edge.route.Guard;
import dev.usher.edge.route.PathReadings;
import dev.usher.edge.route.RoomRoute;
import dev.usher.edge.share.JoinLimits;
import dev.usher.edge.share.SharedPasses;
import dev.usher.http.HeaderNames;
import dev.usher.page.Look;
import dev.usher.page.NoticePage;
import dev.usher.page.PlaceJson;
import dev.usher.page.WaitingPage;
import dev.usher.proxy.turn.Turns;
import dev.usher.room.Room;
import dev.usher.store.Place;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Passes;
import dev.usher.token.Ticket;
import dev.usher.token.Tickets;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room as visitors meet it: its tokens and how they travel, and what it shows to waiting
 * visitors.
 */
public final class RoomEndpoint {
  private final RoomRoute route;
  private final Room room;
  private final Tickets tickets;
  private final Passes passes;
  private final TokenCookies cookies;
  private final WaitingPage page;
  private final NoticePage notices;
  private final @Nullable LogoAnswer logo;
  private final PlaceJson json;
  private final Turns turns = new Turns();
  private final JoinLimits joins;
  private final SharedPasses shared;
  private final List<String> finish;
  private final Cors cors;
  private final Stock stock;

  // Rule zero: what a room is made of, put together in one place.
  public RoomEndpoint(RoomRoute route, Look look, Room room, Tickets tickets, Passes passes) {
    this.route = route;
    this.room = room;
    this.tickets = tickets;
    this.passes = passes;
    this.cookies = new TokenCookies(route.room(), route.cookies());
    this.page = new WaitingPage(route.room(), room.policy().title(), look);
    this.notices = new NoticePage(route.room(), room.policy().title(), look);
    this.logo = look.logo() == null ? null : new LogoAnswer(look.logo());
    this.joins = new JoinLimits(route.bounds().joins());
    this.shared = new SharedPasses(room, route.bounds().refusesShared());
    this.json = new PlaceJson(route.room());
    this.stock = new Stock(route, room);
    this.cors = new Cors(Set.copyOf(route.origins()));
    this.finish = route.finish().stream().map(path -> Guard.prefix(path, route)).toList();
  }

  /**
   * Whether a visitor whose session ended by itself finishes with this request. If no paths are
   * named, that is a form which a bank has the browser post from another site.
   */
  boolean finishes(HttpServerRequest request) {
    if (finish.isEmpty()) {
      return "cross-site".equals(request.headers().get("Sec-Fetch-Site"))
          && request.method().equals(HttpMethod.POST)
          && Navigation.wantsPage(request);
    }
    String target = request.uri();
    int query = target.indexOf('?');
    int end = query < 0 ? target.length() : query;
    return PathReadings.isPlain(target, end)
        && finish.stream().anyMatch(prefix -> Guard.isUnder(prefix, target, end));
  }

  /** Whether visitors finish on named paths, so that what follows needs no other permission. */
  boolean namesFinish() {
    return !finish.isEmpty();
  }

  /**
   * The tokens that a request carries for this room; an invalid one is treated as if it were
   * absent.
   */
  Tokens read(HttpServerRequest request, boolean tls, long now) {
    Token<Pass> pass = pass(request, tls, now);
    if (pass != null && Passes.isValid(pass.value(), now)) {
      // The ticket of an admitted visitor is spent.
      return new Tokens(pass, null, null, false);
    }
    Token<InLine> ticket = ticket(request, tls, now);
    if (ticket == null && (pass == null || !pass.byCookie())) {
      MultiMap headers = request.headers();
      boolean named =
          headers.contains(HeaderNames.USHER_TICKET) || headers.contains(HeaderNames.USHER_PASS);
      return named || pass != null ? new Tokens(null, null, pass, named) : Tokens.NONE;
    }
    return new Tokens(null, ticket, pass, false);
  }

  /** A valid pass; else the latest one that was valid, which still tells whose session it was. */
  private @Nullable Token<Pass> pass(HttpServerRequest request, boolean tls, long now) {
    Token<Pass> last = null;
    List<String> lines = request.headers().getAll(HeaderNames.COOKIE);
    if (!lines.isEmpty()) {
      for (String text : cookies.read(TokenCookies.Kind.PASS, lines, tls)) {
        Token<Pass> token = pass(text, true, now);
        if (isGood(token, now)) {
          return token;
        }
        last = later(last, token);
      }
    }
    String text = request.headers().get(HeaderNames.USHER_PASS);
    Token<Pass> token = text == null ? null : pass(text, false, now);
    return isGood(token, now) || last == null ? token : last;
  }

  private static boolean isGood(@Nullable Token<Pass> token, long now) {
    return token != null && !token.value().farewell() && Passes.isValid(token.value(), now);
  }

  /**
   * The later of two passes: the farewell of an earlier visit may stand before the pass of the last
   * one.
   */
  private static @Nullable Token<Pass> later(
      @Nullable Token<Pass> one, @Nullable Token<Pass> other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    long after = other.value().admittedAt() - one.value().admittedAt();
    // Times are in seconds, and a visitor who was bid farewell may come in again within one.
    return after > 0 || (after == 0 && one.value().farewell()) ? other : one;
  }

  /** The label of the pod that the visitor's session is or was on; 0 for none. */
  long pod(HttpServerRequest request, boolean tls, long now) {
    Token<Pass> pass = pass(request, tls, now);
    return pass == null ? 0 : pass.value().pod();
  }

  private @Nullable Token<Pass> pass(String text, boolean byCookie, long now) {
    Pass pass = passes.verifyEver(text, route.room());
    return pass != null && (Passes.isValid(pass, now) || now < room.afterVisit().keptUntil(pass))
        ? new Token<>(text, pass, byCookie)
        : null;
  }

  private @Nullable Token<InLine> ticket(HttpServerRequest request, boolean tls, long now) {
    List<String> lines = request.headers().getAll(HeaderNames.COOKIE);
    if (!lines.isEmpty()) {
      for (String text : cookies.read(TokenCookies.Kind.TICKET, lines, tls)) {
        InLine value = tickets.verify(text, route.room(), now);
        if (value != null) {
          return new Token<>(text, value, true);
        }
      }
    }
    String text = request.headers().get(HeaderNames.USHER_TICKET);
    InLine value = text == null ? null : tickets.verify(text, route.room(), now);
    return text == null || value == null ? null : new Token<>(text, value, false);
  }

  /**
   * A token and how it came.
   *
   * @param text as the visitor sent it
   * @param value what it says, verified
   * @param byCookie whether it came in a cookie, not in a header
   */
  record Token<T>(String text, T value, boolean byCookie) {}

  /**
   * The tokens of a request; if there is a pass, the ticket is not even read.
   *
   * @param former a pass whose session is over, if there is no other
   * @param named whether the client has no token that is worth anything, but named one of the
   *     headers for them: it keeps no cookies
   */
  record Tokens(
      @Nullable Token<Pass> pass,
      @Nullable Token<InLine> ticket,
      @Nullable Token<Pass> former,
      boolean named) {
    static final Tokens NONE = new Tokens(null, null, null, false);

    @Nullable Pass passValue() {
      return pass == null ? null : pass.value();
    }

    @Nullable InLine inLine() {
      return ticket == null ? null : ticket.value();
    }

    /** The place that the visitor holds, waiting or inside; null without a number. */
    @Nullable Place place() {
      Pass inside = passValue();
      if (inside != null) {
        return inside.place();
      }
      return inLine() instanceof Ticket waiting ? waiting.place() : null;
    }

    @Nullable Pass formerValue() {
      return former == null ? null : former.value();
    }

    /**
     * Whether new tokens are sent in headers and not as cookies: only to a client that came this
     * way, because what is in a header can be read by every script of the page.
     */
    boolean byHeader() {
      if (pass != null) {
        return !pass.byCookie();
      }
      return ticket == null ? named : !ticket.byCookie();
    }
  }

  /** Which pages of other hosts may call this room. */
  Cors cors() {
    return cors;
  }

  /** What the shop says of its stock. */
  Stock stock() {
    return stock;
  }

  RoomRoute route() {
    return route;
  }

  Room room() {
    return room;
  }

  Tickets tickets() {
    return tickets;
  }

  Passes passes() {
    return passes;
  }

  TokenCookies cookies() {
    return cookies;
  }

  WaitingPage page() {
    return page;
  }

  /** What it shows to those who neither wait nor come in. */
  NoticePage notices() {
    return notices;
  }

  /** The picture of its page; null if it has none. */
  @Nullable LogoAnswer logo() {
    return logo;
  }

  /** How fast visitors from one address and one network may join. */
  JoinLimits joins() {
    return joins;
  }

  /** Passes that are used from many networks. */
  SharedPasses shared() {
    return shared;
  }

  /** The turns of requests that are on their way. */
  Turns turns() {
    return turns;
  }

  PlaceJson json() {
    return json;
  }
}
