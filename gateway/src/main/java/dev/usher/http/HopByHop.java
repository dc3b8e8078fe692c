package dev.usher.http;

import io.netty.util.AsciiString;
import java.util.List;

/** The headers that belong to one connection only, and so are not passed on. */
public final class HopByHop {
  private HopByHop() {}

  /**
   * Whether the header is one of the fixed set. Looks at the length first, which rules out most
   * names without a set or a hash.
   */
  public static boolean contains(CharSequence name) {
    return switch (name.length()) {
      case 2 -> is(name, "te");
      case 7 -> is(name, "upgrade");
      case 10 -> is(name, "connection") || is(name, "keep-alive");
      case 14 -> is(name, "http2-settings");
      case 16 -> is(name, "proxy-connection");
      case 17 -> is(name, "transfer-encoding");
      case 18 -> is(name, "proxy-authenticate");
      case 19 -> is(name, "proxy-authorization");
      default -> false;
    };
  }

  /** Whether one of the Connection headers names this header. */
  public static boolean named(List<String> connection, CharSequence name) {
    for (String line : connection) {
      if (hasToken(line, name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a list such as {@code keep-alive, Upgrade} has the token, in any case. */
  public static boolean hasToken(String list, CharSequence token) {
    int from = 0;
    while (from < list.length()) {
      int comma = list.indexOf(',', from);
      int end = comma < 0 ? list.length() : comma;
      int to = end;
      while (from < to && isBlank(list.charAt(from))) {
        from++;
      }
      while (to > from && isBlank(list.charAt(to - 1))) {
        to--;
      }
      if (to - from == token.length()
          && AsciiString.regionMatches(list, true, from, token, 0, to - from)) {
        return true;
      }
      from = end + 1;
    }
    return false;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean is(CharSequence name, String other) {
    return AsciiString.contentEqualsIgnoreCase(name, other);
  }
}
