package dev.usher.edge;

import dev.usher.page.PlaceJson;
import dev.usher.page.WaitingPage;
import dev.usher.room.Room;
import dev.usher.store.Place;
import dev.usher.token.InLine;
import dev.usher.token.Pass;
import dev.usher.token.Passes;
import dev.usher.token.Ticket;
import dev.usher.token.Tickets;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room as visitors meet it: its tokens and how they travel, and what it shows to those who wait.
 */
public final class RoomDoor {
  private final RoomRoute route;
  private final Room room;
  private final Tickets tickets;
  private final Passes passes;
  private final TokenCookies cookies;
  private final WaitingPage page;
  private final PlaceJson json;
  private final Turns turns = new Turns();
  private final JoinRate joins;
  private final SharedPasses shared;

  public RoomDoor(RoomRoute route, Room room, Tickets tickets, Passes passes) {
    this.route = route;
    this.room = room;
    this.tickets = tickets;
    this.passes = passes;
    this.cookies = new TokenCookies(route.room(), route.cookies());
    this.page = new WaitingPage(route.room(), room.policy().title());
    this.joins = new JoinRate(route.bounds().joinsPerAddress());
    this.shared = new SharedPasses(room, route.bounds().refusesShared());
    this.json = new PlaceJson(route.room());
  }

  /** What a request carries for this room; whatever is not good is as if it were not there. */
  Tokens read(HttpServerRequest request, boolean tls, long now) {
    String name = route.room();
    Token<Pass> pass =
        read(request, TokenCookies.Kind.PASS, tls, text -> passes.verify(text, name, now));
    if (pass != null) {
      // An admitted visitor's ticket is spent.
      return new Tokens(pass, null);
    }
    return new Tokens(
        null,
        read(request, TokenCookies.Kind.TICKET, tls, text -> tickets.verify(text, name, now)));
  }

  private <T> @Nullable Token<T> read(
      HttpServerRequest request, TokenCookies.Kind kind, boolean tls, Verifier<T> verifier) {
    List<String> lines = request.headers().getAll(Names.COOKIE);
    if (!lines.isEmpty()) {
      for (String text : cookies.read(kind, lines, tls)) {
        T value = verifier.verify(text);
        if (value != null) {
          return new Token<>(text, value, true);
        }
      }
    }
    String text = request.headers().get(header(kind));
    T value = text == null ? null : verifier.verify(text);
    return text == null || value == null ? null : new Token<>(text, value, false);
  }

  @FunctionalInterface
  private interface Verifier<T> {
    @Nullable T verify(String text);
  }

  private static CharSequence header(TokenCookies.Kind kind) {
    return kind == TokenCookies.Kind.PASS ? Names.USHER_PASS : Names.USHER_TICKET;
  }

  /**
   * A token and how it came.
   *
   * @param text as the visitor sent it
   * @param value what it says, verified
   * @param byCookie whether it came in a cookie, not in a header
   */
  record Token<T>(String text, T value, boolean byCookie) {}

  /** What a request carries; of a visitor with a pass the ticket is not even read. */
  record Tokens(@Nullable Token<Pass> pass, @Nullable Token<InLine> ticket) {
    static final Tokens NONE = new Tokens(null, null);

    @Nullable Pass passValue() {
      return pass == null ? null : pass.value();
    }

    @Nullable InLine inLine() {
      return ticket == null ? null : ticket.value();
    }

    /** The place the visitor holds, waiting or inside; none for who has no number yet. */
    @Nullable Place place() {
      Pass inside = passValue();
      if (inside != null) {
        return inside.place();
      }
      return inLine() instanceof Ticket waiting ? waiting.place() : null;
    }

    /** Whether new tokens go by cookie: unless the old ones came by header. */
    boolean byCookie() {
      return (pass == null || pass.byCookie()) && (ticket == null || ticket.byCookie());
    }

    /** Whether new tokens go by header too: unless the old ones came by cookie. */
    boolean byHeader() {
      return (pass == null || !pass.byCookie()) && (ticket == null || !ticket.byCookie());
    }
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

  /** How fast visitors from one address may join. */
  JoinRate joins() {
    return joins;
  }

  /** Which passes many have. */
  SharedPasses shared() {
    return shared;
  }

  /** Whose requests are on their way. */
  Turns turns() {
    return turns;
  }

  PlaceJson json() {
    return json;
  }
}
