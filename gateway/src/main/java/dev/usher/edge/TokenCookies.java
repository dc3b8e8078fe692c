package dev.usher.edge;

import dev.usher.edge.route.RoomRoute;
import dev.usher.http.HostName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two cookies of one room.
 *
 * <p>Over TLS their names begin with {@code __Host-}, or {@code __Secure-} if the room spans hosts,
 * and only those are believed: browsers accept such a cookie only from this very host (or over
 * TLS), so nobody on the network or on a neighbouring host can plant one.
 */
final class TokenCookies {
  /**
   * Tokens of one name that are tried: browsers send one, and perhaps another of a parent domain.
   */
  static final int TRIES = 3;

  private final Map<Kind, String> plainNames = new EnumMap<>(Kind.class);
  private final Map<Kind, String> secureNames = new EnumMap<>(Kind.class);
  private final String plainAttributes;
  private final String secureAttributes;

  /** Which of the two cookies. */
  enum Kind {
    TICKET("usher-ticket-"),
    PASS("usher-pass-");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  TokenCookies(String room, RoomRoute.Cookies cookies) {
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
    this.secureAttributes = common + "; Secure; HttpOnly; SameSite=" + secure.attribute();
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
  String set(Kind kind, String token, long seconds, boolean tls) {
    return name(kind, tls)
        + "="
        + token
        + "; Max-Age="
        + seconds
        + (tls ? secureAttributes : plainAttributes);
  }

  /** A Set-Cookie header that deletes the token. */
  String forget(Kind kind, boolean tls) {
    return set(kind, "", 0, tls);
  }

  /**
   * The tokens of this name in the Cookie headers, in their order, at most {@link #TRIES}; usually
   * one or none.
   */
  List<String> read(Kind kind, List<String> cookieHeaders, boolean tls) {
    return read(name(kind, tls), cookieHeaders);
  }

  /** The first value of this name in the Cookie headers; null if there is none. */
  static @Nullable String first(String name, List<String> cookieHeaders) {
    List<String> found = read(name, cookieHeaders);
    return found.isEmpty() ? null : found.get(0);
  }

  private static List<String> read(String name, List<String> cookieHeaders) {
    List<String> found = List.of();
    // However many other cookies come before: the head of a request has a limit of its own.
    for (int i = 0; i < cookieHeaders.size(); i++) {
      found = read(name, cookieHeaders.get(i), found);
    }
    return found;
  }

  private static List<String> read(String name, String header, List<String> before) {
    List<String> found = before;
    int at = 0;
    while (at < header.length() && found.size() < TRIES) {
      int semicolon = header.indexOf(';', at);
      int to = semicolon < 0 ? header.length() : semicolon;
      String token = value(name, header, at, to);
      if (token != null) {
        found = found.isEmpty() ? new ArrayList<>(1) : found;
        found.add(token);
      }
      at = to + 1;
    }
    return found;
  }

  private static @Nullable String value(String name, String header, int from, int to) {
    int start = from;
    while (start < to && isBlank(header.charAt(start))) {
      start++;
    }
    int equals = start + name.length();
    if (equals >= to || !header.startsWith(name, start) || header.charAt(equals) != '=') {
      return null;
    }
    int last = to;
    while (last > equals + 1 && isBlank(header.charAt(last - 1))) {
      last--;
    }
    return last == equals + 1 ? null : header.substring(equals + 1, last);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
