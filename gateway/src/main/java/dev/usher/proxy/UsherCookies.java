package dev.usher.proxy;

/**
 * Usher's own cookies. The origin does not get them: it has no use for a ticket, it gets the pass
 * as a header, and it cannot log what it never sees.
 */
final class UsherCookies {
  private UsherCookies() {}

  /** A Cookie header without Usher's own cookies; empty if nothing is left. */
  static String removedFrom(String cookies) {
    // On the path of every request with cookies: one search, and only a visitor with one of them
    // pays
    // for the rest.
    if (!cookies.contains("usher-")) {
      return cookies;
    }
    StringBuilder rest = new StringBuilder(cookies.length());
    int from = 0;
    while (from < cookies.length()) {
      int semicolon = cookies.indexOf(';', from);
      int end = semicolon < 0 ? cookies.length() : semicolon;
      while (from < end && cookies.charAt(from) == ' ') {
        from++;
      }
      if (from < end && !isOwn(cookies, from)) {
        if (rest.length() > 0) {
          rest.append("; ");
        }
        rest.append(cookies, from, end);
      }
      from = end + 1;
    }
    return rest.toString();
  }

  private static boolean isOwn(String cookies, int from) {
    int name = from;
    if (cookies.startsWith("__Host-", from)) {
      name += "__Host-".length();
    } else if (cookies.startsWith("__Secure-", from)) {
      name += "__Secure-".length();
    }
    return cookies.startsWith("usher-ticket-", name)
        || cookies.startsWith("usher-pass-", name)
        || cookies.startsWith("usher-page=", from);
  }
}
