package dev.usher.page;

import org.jspecify.annotations.Nullable;

/**
 * What a visitor chose for the page, kept in a cookie of the form {@code ko} or {@code ko.still}.
 *
 * @param language the language of the page
 * @param still whether a page without JavaScript stays as it is until the visitor loads it again
 */
public record Choice(Language language, boolean still) {
  private static final String STILL = ".still";

  /**
   * The choice of a cookie, or else what the browser prefers.
   *
   * @param cookie the cookie's value; anything else than a choice is none
   * @param acceptLanguage the header Accept-Language
   */
  public static Choice of(@Nullable String cookie, @Nullable String acceptLanguage) {
    if (cookie != null) {
      boolean still = cookie.endsWith(STILL);
      Language chosen =
          Language.of(still ? cookie.substring(0, cookie.length() - STILL.length()) : cookie);
      if (chosen != null) {
        return new Choice(chosen, still);
      }
    }
    return new Choice(Language.preferred(acceptLanguage), false);
  }

  /** The value of the cookie. */
  public String cookie() {
    return language.tag() + (still ? STILL : "");
  }
}
