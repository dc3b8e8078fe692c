package dev.usher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two browsers of a visitor who takes the place along from one to the other. */
final class MovingGuest {
  private static final Pattern FIELD =
      Pattern.compile("<input [^>]*readonly [^>]*value=\"([^\"]+)\"");
  private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]+)\"");

  private MovingGuest() {}

  /** Presses the button of the waiting page. */
  static Reply asksForLink(Guest browser) {
    return submits(browser, "/_usher/move?room=concert", "Referer: https://localhost/seats?row=7");
  }

  /** The path and query of the link that a page shows. */
  static String link(Reply page) {
    String link = only(FIELD, page);
    return link.substring(link.indexOf('/', link.indexOf("://") + 3));
  }

  /** Opens the link, and presses the button there. */
  static Reply continues(Guest browser, String link) {
    return submits(browser, button(browser.opens(link)));
  }

  /** Where the button of a link's page leads. */
  static String button(Reply page) {
    return only(FORM, page);
  }

  /** Sends a form without JavaScript. */
  static Reply submits(Guest browser, String target, String... headers) {
    String[] all = new String[headers.length + 3];
    System.arraycopy(headers, 0, all, 3, headers.length);
    all[0] = Guest.BROWSER;
    all[1] = "Sec-Fetch-Mode: navigate";
    all[2] = "Sec-Fetch-Site: same-origin";
    return browser.posts(target, all);
  }

  private static String only(Pattern pattern, Reply page) {
    Matcher found = pattern.matcher(page.body());
    if (!found.find()) {
      throw new AssertionError("There must be " + pattern + " but was " + page);
    }
    return found.group(1).replace("&amp;", "&");
  }
}
