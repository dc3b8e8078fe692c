package dev.usher.cli.drill.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One visitor's cookies. They all go back to the one host they came from. */
public final class CookieJar {
  private static final String TICKET = "usher-ticket-";

  private record Cookie(String name, String value) {}

  private final List<Cookie> cookies = new ArrayList<>(2);
  private @Nullable String header;

  /** Takes in the value of one Set-Cookie header. */
  void set(String header) {
    int end = header.indexOf(';');
    String pair = (end < 0 ? header : header.substring(0, end)).trim();
    int eq = pair.indexOf('=');
    if (eq <= 0) {
      return;
    }
    String name = pair.substring(0, eq);
    cookies.removeIf(c -> c.name.equals(name));
    boolean removal = end >= 0 && expired(header.substring(end).toLowerCase(Locale.ROOT));
    if (!removal) {
      cookies.add(new Cookie(name, pair.substring(eq + 1)));
    }
    this.header = null;
  }

  /** The Cookie header line with its line end; empty without cookies. */
  String line() {
    if (header == null) {
      String value = value();
      header = value.isEmpty() ? "" : "Cookie: " + value + "\r\n";
    }
    return header;
  }

  /** The value of the Cookie header; empty without cookies. */
  String value() {
    StringBuilder all = new StringBuilder();
    for (Cookie c : cookies) {
      all.append(all.length() == 0 ? "" : "; ").append(c.name).append('=').append(c.value);
    }
    return all.toString();
  }

  /** The room of the ticket held; null without a ticket. */
  @Nullable
  public String ticketRoom() {
    return room(TICKET);
  }

  /** The ticket held; null without one. */
  @Nullable
  public String ticket() {
    for (Cookie c : cookies) {
      if (c.name.contains(TICKET)) {
        return c.value;
      }
    }
    return null;
  }

  /** The room of the pass held; null without a pass. */
  @Nullable
  public String passRoom() {
    return room("usher-pass-");
  }

  private @Nullable String room(String kind) {
    for (Cookie c : cookies) {
      int at = c.name.indexOf(kind);
      // Only __Host- or __Secure- may stand in front of the name.
      if (at == 0 || (at > 0 && c.name.startsWith("__"))) {
        return c.name.substring(at + kind.length());
      }
    }
    return null;
  }

  private static boolean expired(String attributes) {
    return attributes.contains("max-age=0") || attributes.contains("expires=thu, 01 jan 1970");
  }
}
