package dev.usher.edge.cookie;

import dev.usher.edge.route.RoomRoute;
import dev.usher.http.CookieLines;
import dev.usher.http.HostName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The two cookies of one room.
 *
 * <p>Over TLS their names begin with {@code __Host-}, or {@code __Secure-} if the room spans hosts,
 * and only those are believed: browsers accept such a cookie only from this very host (or over
 * TLS), so nobody on the network or on a neighbouring host can plant one.
 */
public final class TokenCookies {
  /**
   * Tokens of one name that are tried: browsers send one, and perhaps another of a parent domain.
   */
  static final int TRIES = 3;

  private final Map<Kind, String> plainNames = new EnumMap<>(Kind.class);
  private final Map<Kind, String> secureNames = new EnumMap<>(Kind.class);
  private final String plainAttributes;
  private final String secureAttributes;

  /** Which of the two cookies. */
  public enum Kind {
    TICKET("usher-ticket-"),
    PASS("usher-pass-");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  public TokenCookies(String room, RoomRoute.Cookies cookies) {
    String domain = cookies.domain();
    for (Kind kind : Kind.values()) {
      String name = kind.prefix + room;
      plainNames.put(kind, name);
      secureNames.put(kind, (domain == null ? "__Host-" : "__Secure-") + name);
    }
    String common = "; Path=/" + (domain == null ? "" : "; Domain=" + checked(domain, room));
    RoomRoute.SameSite wanted = cookies.sameSite();
    RoomRoute.SameSite secure = wanted == null ? RoomRoute.SameSite.NONE : wanted;
    // Browsers reject a cookie that says None but came without TLS.
    RoomRoute.SameSite plain = secure == RoomRoute.SameSite.NONE ? RoomRoute.SameSite.LAX : secure;
    this.plainAttributes = common + "; HttpOnly; SameSite=" + plain.attribute();
    this.secureAttributes =
        common
            + "; Secure; HttpOnly; SameSite="
            + secure.attribute()
            + (cookies.partitioned() ? "; Partitioned" : "");
  }

  private static String checked(String domain, String room) {
    String name = HostName.of(domain);
    if (name == null || name.isEmpty() || name.charAt(0) == '[' || domain.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          ("The cookie domain of room " + room + " must be a host such as example.com")
              + (" but was \"" + domain + "\""));
    }
    return name;
  }

  /** The cookie's name for a visitor who came over TLS, or not. */
  String name(Kind kind, boolean tls) {
    return Objects.requireNonNull((tls ? secureNames : plainNames).get(kind));
  }

  /** A Set-Cookie header that sets the token for this many seconds. */
  public String set(Kind kind, String token, long seconds, boolean tls) {
    return name(kind, tls)
        + "="
        + token
        + "; Max-Age="
        + seconds
        + (tls ? secureAttributes : plainAttributes);
  }

  /** A Set-Cookie header that deletes the token. */
  public String forget(Kind kind, boolean tls) {
    return set(kind, "", 0, tls);
  }

  /**
   * The tokens of this name in the Cookie headers, in their order, at most {@link #TRIES}; usually
   * one or none.
   */
  public List<String> read(Kind kind, List<String> cookieHeaders, boolean tls) {
    return CookieLines.values(name(kind, tls), cookieHeaders, TRIES);
  }
}
