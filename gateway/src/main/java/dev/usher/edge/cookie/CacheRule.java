package dev.usher.edge.cookie;

import dev.usher.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a response may carry a visitor's cookie. A response that a shared cache may keep (RFC
 * 9111) must not, or the next visitor would be handed the first one's cookie.
 *
 * <p>{@code Vary} is no protection: several large caches leave it out of their keys.
 */
public final class CacheRule {
  /** Headers that overrule Cache-Control in caches that know them (RFC 9213 and its forerunner). */
  public static final List<String> TARGETED =
      List.of("CDN-Cache-Control", "Cloudflare-CDN-Cache-Control", "Surrogate-Control");

  private static final Answer SET = new Answer(Action.SET, null);
  private static final Answer WAIT = new Answer(Action.WAIT, null);

  /**
   * Statuses that caches keep without being told for how long (RFC 9110, section 15.1), and 304,
   * which renews.
   */
  private static final Set<Integer> KEPT_BY_DEFAULT =
      Set.of(200, 203, 204, 206, 300, 301, 304, 308, 404, 405, 410, 414, 501);

  private static final Set<String> FOR_SHARED =
      Set.of("public", "s-maxage", "proxy-revalidate", "private");

  /**
   * Beginnings of the content types that are the same for everybody; scripts, which have many
   * types, are recognised separately.
   */
  private static final List<String> STATIC =
      List.of(
          "image/",
          "font/",
          "audio/",
          "video/",
          "text/css",
          "application/wasm",
          "application/pdf",
          "application/octet-stream");

  private CacheRule() {}

  /** How urgently the cookie has to be set. */
  public enum Wanted {
    /** A first pass, or a renewal with less than half of the old pass's life left. */
    NOW,
    /** A renewal that the next response can carry as well. */
    SOON
  }

  /** What to do. */
  public enum Action {
    /** Set the cookie and leave the headers alone. */
    SET,
    /**
     * Set the cookie, replace Cache-Control by the new value, and remove {@link #TARGETED} and
     * Expires.
     */
    SET_AND_MAKE_PRIVATE,
    /** Set no cookie this time. */
    WAIT
  }

  /**
   * What to do, and with which Cache-Control.
   *
   * @param cacheControl the new value; null if it stays as it is
   */
  public record Answer(Action action, @Nullable String cacheControl) {}

  /** Decides for the upstream's response to a request of this method. */
  public static Answer decide(String method, int status, Headers headers, Wanted wanted) {
    boolean get = method.equals("GET") || method.equals("HEAD");
    if (!get && !method.equals("POST")) {
      return SET;
    }
    String cacheControl = headers.get("Cache-Control");
    List<String> directives = directives(cacheControl);
    boolean targeted = isTargeted(headers);
    if (!targeted && (has(directives, "no-store") || directives.contains("private"))) {
      return SET;
    }
    boolean told = targeted || isTold(directives, headers.get("Expires"));
    // Without being told for how long, no cache keeps the answer to a POST or one of an unusual
    // status.
    boolean kept = told || (get && KEPT_BY_DEFAULT.contains(status));
    if (!kept) {
      return SET;
    }
    return told && wanted == Wanted.SOON
        ? WAIT
        : new Answer(Action.SET_AND_MAKE_PRIVATE, madePrivate(directives));
  }

  /**
   * The decision for a room that only watches: it changes nothing that a shared cache is told to
   * keep, nor anything that looks the same for everybody, such as a picture, a style or a script.
   *
   * @param page whether the request opens a page, which never looks the same for everybody
   */
  public static Answer whileWatching(String method, int status, Headers headers, boolean page) {
    Answer answer = decide(method, status, headers, Wanted.SOON);
    boolean untold = answer.action() == Action.SET_AND_MAKE_PRIVATE;
    return untold && !page && isStatic(headers.get("Content-Type")) ? WAIT : answer;
  }

  private static boolean isStatic(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    for (String beginning : STATIC) {
      if (type.startsWith(beginning)) {
        return true;
      }
    }
    return type.contains("javascript");
  }

  /** Whether half or more of the old pass's life is left, so that its renewal can wait. */
  public static Wanted renewal(long issuedAt, long expiresAt, long now) {
    return expiresAt - now >= (expiresAt - issuedAt) / 2 ? Wanted.SOON : Wanted.NOW;
  }

  private static boolean isTargeted(Headers headers) {
    for (String name : TARGETED) {
      if (headers.get(name) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTold(List<String> directives, @Nullable String expires) {
    for (String directive : directives) {
      boolean zero = directive.endsWith("=0") || directive.endsWith("=\"0\"");
      boolean age = is(directive, "max-age") || is(directive, "s-maxage");
      if (is(directive, "public") || (age && !zero)) {
        return true;
      }
    }
    // Old servers write "0" or "-1" for "not at all". A date is not parsed: if it is past, the
    // renewal waits needlessly, for at most half of the pass's life.
    return expires != null && expires.length() > 2 && !has(directives, "max-age");
  }

  private static String madePrivate(List<String> directives) {
    StringBuilder value = new StringBuilder("private");
    for (String directive : directives) {
      if (!FOR_SHARED.contains(name(directive))) {
        value.append(", ").append(directive);
      }
    }
    return value.toString();
  }

  /** The directives, with their names in lower case; a comma within quotes does not separate. */
  private static List<String> directives(@Nullable String cacheControl) {
    if (cacheControl == null) {
      return List.of();
    }
    List<String> directives = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i <= cacheControl.length(); i++) {
      char c = i == cacheControl.length() ? ',' : cacheControl.charAt(i);
      quoted ^= c == '"';
      if (c == ',' && (!quoted || i == cacheControl.length())) {
        String directive = cacheControl.substring(from, i).strip();
        if (!directive.isEmpty()) {
          String name = name(directive);
          directives.add(name.toLowerCase(Locale.ROOT) + directive.substring(name.length()));
        }
        from = i + 1;
      }
    }
    return directives;
  }

  private static boolean has(List<String> directives, String name) {
    for (String directive : directives) {
      if (is(directive, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(String directive, String name) {
    return name(directive).equals(name);
  }

  private static String name(String directive) {
    int equals = directive.indexOf('=');
    return equals < 0 ? directive : directive.substring(0, equals).strip();
  }
}
