package dev.usher.page;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The page of a room's waiting visitors: plain and small, one request, nothing from elsewhere. It
 * works without JavaScript: then the browser reloads it by itself, unless the visitor chose
 * otherwise.
 */
public final class WaitingPage {
  /** Nothing may run or load except what the page itself carries. */
  public static final String CONTENT_SECURITY_POLICY = policy(Page.STYLE, "");

  /** Where the logo of a room is. */
  public static final String LOGO = "/_usher/logo";

  private final Map<Language, Sheet> sheets = new EnumMap<>(Language.class);
  private final String policy;

  /**
   * @param room the room's name
   * @param title what the page calls the room
   * @param look what of the page is the operator's own
   */
  public WaitingPage(String room, String title, Look look) {
    for (Language language : Language.values()) {
      sheets.put(language, new Sheet(language, room, title, look));
    }
    policy = policy(look.style(), look.logo() == null ? "" : "img-src 'self'; ");
  }

  private static String policy(String style, String more) {
    return "default-src 'none'; script-src '"
        + Page.digest(Page.SCRIPT)
        + "'; style-src '"
        + Page.digest(style)
        + "'; "
        + more
        + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
  }

  /** The Content-Security-Policy of this page: the general one, and what its look needs. */
  public String policy() {
    return policy;
  }

  /**
   * Whom the page is for.
   *
   * @param choice what the visitor chose
   * @param place the visitor's number, by which the page knows whether it counts on; null while
   *     there is none
   * @param ended why an earlier visit ended, if that is to be told
   */
  public record View(Choice choice, @Nullable LineNumber place, @Nullable Ended ended) {}

  /**
   * A visitor's number.
   *
   * @param epoch the life of the line that gave it
   * @param number the number
   */
  public record LineNumber(long epoch, long number) {}

  /** The page for a visitor's current standing. */
  public byte[] write(Standing standing, View view) {
    return Objects.requireNonNull(sheets.get(view.choice().language())).write(standing, view);
  }

  /**
   * The link of a notice.
   *
   * @param href a path, or nothing for the page that was asked for
   * @param label the text of the link
   */
  public record Link(String href, String label) {}

  /** A short page with a sentence, for visitors who do not wait in line. */
  public static byte[] notice(String title, String sentence, Link link) {
    return Page.utf8(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
            + Page.escape(title)
            + "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + "<style>"
            + Page.STYLE
            + "</style>\n</head>\n<body>\n<main>\n<h1>"
            + Page.escape(title)
            + "</h1>\n<p>"
            + Page.escape(sentence)
            + "</p>\n<p><a href=\""
            + Page.escape(link.href())
            + "\">"
            + Page.escape(link.label())
            + "</a></p>\n</main>\n</body>\n</html>\n");
  }
}
