package dev.usher.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The page of a room's waiting visitors: plain and small, one request, nothing from elsewhere. It
 * works without JavaScript: then the browser reloads it by itself.
 */
public final class WaitingPage {
  /** Room for two numbers of seconds. */
  private static final int ROOM_FOR_NUMBERS = 16;

  private static final byte[] NOTHING = {};
  private static final String SCRIPT = read("waiting.js");
  private static final String STYLE = read("waiting.css");

  /** Nothing may run or load except what the page itself carries. */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src '"
          + digest(SCRIPT)
          + "'; style-src '"
          + digest(STYLE)
          + "'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

  private static final String LEAVE =
      """
      <details><summary>Give up my place</summary>
      <form method="post" action="/_usher/leave?room=%s">
      <p>You cannot take it back: if you come again, you begin at the end of the line.</p>
      <button>Yes, give it up</button></form></details>\
      """;

  private final byte[] beforeRefresh;
  private final byte[] beforeAgain;
  private final byte[] beforeNote;
  private final byte[] beforeStatus;
  private final byte[] afterStatus;

  /**
   * @param room the room's name
   * @param title what the page calls the room
   */
  public WaitingPage(String room, String title) {
    String safe = escape(title);
    beforeRefresh =
        utf8(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
                + safe
                + ": you are in the line</title>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<noscript><meta http-equiv=\"refresh\" content=\"");
    beforeAgain =
        utf8(
            "\"></noscript>\n<style>"
                + STYLE
                + "</style>\n</head>\n<body>\n<main data-room=\""
                + room
                + "\" data-again=\"");
    beforeNote = utf8("\">\n<h1>You are in the line for " + safe + "</h1>\n");
    beforeStatus = utf8("<p role=\"status\" id=\"spoken\"></p>\n<p id=\"place\">");
    afterStatus =
        utf8(
            "</p>\n<p>This page checks your place by itself. You do not need to reload it.</p>\n"
                + "<p>If you close it, we keep your place for a few minutes.</p>\n"
                + "<noscript><p><a href=\"\">Check my place</a></p></noscript>\n"
                + LEAVE.formatted(room)
                + "\n</main>\n<script>"
                + SCRIPT
                + "</script>\n</body>\n</html>\n");
  }

  /** The page for a visitor's current standing. */
  public byte[] write(Standing standing) {
    return write(standing, null);
  }

  /** The page with a sentence before it. */
  public byte[] write(Standing standing, @Nullable String note) {
    byte[] status = utf8(status(standing));
    byte[] first = note == null ? NOTHING : utf8("<p id=\"note\">" + escape(note) + "</p>\n");
    int length = beforeRefresh.length + beforeAgain.length + beforeNote.length + first.length;
    int rest = beforeStatus.length + status.length + afterStatus.length;
    return new Ascii(length + rest + ROOM_FOR_NUMBERS)
        .put(beforeRefresh)
        .put(standing.retryAfterSeconds())
        .put(beforeAgain)
        .put(standing.retryAfterSeconds())
        .put(beforeNote)
        .put(first)
        .put(beforeStatus)
        .put(status)
        .put(afterStatus)
        .bytes();
  }

  /** The standing as a sentence; the page's script says the same. */
  static String status(Standing standing) {
    if (standing.paused()) {
      return "Admissions are paused for the moment. You keep your place.";
    }
    if (standing.closed()) {
      return "The site is not ready for visitors at this moment. You keep your place.";
    }
    if (standing.state() == Standing.State.CALLED) {
      return "You are at the front. We let you in as soon as a place is free.";
    }
    if (standing.ahead() == Long.MAX_VALUE) {
      return "We are finding out your place.";
    }
    if (standing.ahead() == 0) {
      return "You are next.";
    }
    return standing.ahead() == 1
        ? "1 person is ahead of you."
        : grouped(standing.ahead()) + " people are ahead of you.";
  }

  private static String grouped(long number) {
    StringBuilder digits = new StringBuilder(Long.toString(number));
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
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
    return utf8(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
            + escape(title)
            + "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + "<style>"
            + STYLE
            + "</style>\n</head>\n<body>\n<main>\n<h1>"
            + escape(title)
            + "</h1>\n<p>"
            + escape(sentence)
            + "</p>\n<p><a href=\""
            + escape(link.href())
            + "\">"
            + escape(link.label())
            + "</a></p>\n</main>\n</body>\n</html>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String read(String name) {
    try (InputStream in = WaitingPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(utf8(text));
      return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
