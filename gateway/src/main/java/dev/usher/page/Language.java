package dev.usher.page;

import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A language that the page speaks, with what numbers need in it. The rules are those of Unicode's
 * CLDR, and the tests compare them with ICU's.
 */
@SuppressWarnings("ImmutableEnumChecker") // the rules are functions that know nothing
public enum Language {
  ENGLISH("en", "English", Plural::ofOne, ","),
  GERMAN("de", "Deutsch", Plural::ofOne, "."),
  SPANISH("es", "Español", Plural::ofOneAndMillions, "."),
  FRENCH("fr", "Français", Plural::ofLessThanTwoAndMillions, "\u202f"),
  PORTUGUESE("pt", "Português", Plural::ofLessThanTwoAndMillions, "."),
  KOREAN("ko", "한국어", n -> Plural.OTHER, ","),
  JAPANESE("ja", "日本語", n -> Plural.OTHER, ","),
  CHINESE("zh-Hans", "简体中文", n -> Plural.OTHER, ","),
  ARABIC("ar", "العربية", Plural::ofArabic, ",");

  /** The part of an Accept-Language header that is read; browsers send less than 100 characters. */
  private static final int HEADER_MAX = 500;

  private final String tag;
  private final String ownName;
  private final LongFunction<Plural> plural;
  private final String separator;

  Language(String tag, String ownName, LongFunction<Plural> plural, String separator) {
    this.tag = tag;
    this.ownName = ownName;
    this.plural = plural;
    this.separator = separator;
  }

  /** The language's tag, as in {@code lang="zh-Hans"}. */
  public String tag() {
    return tag;
  }

  /** What its speakers call it. */
  public String ownName() {
    return ownName;
  }

  boolean rightToLeft() {
    return this == ARABIC;
  }

  Plural plural(long number) {
    return plural.apply(number);
  }

  /** The number with its thousands apart. */
  String grouped(long number) {
    StringBuilder digits = new StringBuilder(Long.toString(number));
    if (this == SPANISH && digits.length() <= 4) {
      return digits.toString(); // four digits stand together there
    }
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      digits.insert(i, separator);
    }
    return digits.toString();
  }

  /** The language of a tag, whatever its region or script; null if there is none. */
  public static @Nullable Language of(String tag) {
    int dash = tag.indexOf('-');
    String primary = (dash < 0 ? tag : tag.substring(0, dash)).trim().toLowerCase(Locale.ROOT);
    for (Language language : values()) {
      if (language.primary().equals(primary)) {
        return language;
      }
    }
    return null;
  }

  private String primary() {
    return tag.length() > 2 ? tag.substring(0, 2) : tag;
  }

  /** What of these a browser's header Accept-Language prefers; English if none. */
  public static Language preferred(@Nullable String header) {
    Language best = ENGLISH;
    double most = 0;
    int at = 0;
    String text = header == null ? "" : header;
    text = text.substring(0, Math.min(text.length(), HEADER_MAX));
    while (at < text.length()) {
      int comma = text.indexOf(',', at);
      int to = comma < 0 ? text.length() : comma;
      int semicolon = text.indexOf(';', at);
      boolean weighed = semicolon >= 0 && semicolon < to;
      Language language = of(text.substring(at, weighed ? semicolon : to));
      double weight = weighed ? weight(text.substring(semicolon + 1, to)) : 1;
      if (language != null && weight > most) {
        best = language;
        most = weight;
      }
      at = to + 1;
    }
    return best;
  }

  private static double weight(String parameter) {
    String text = parameter.trim();
    if (!text.startsWith("q=")) {
      return 1;
    }
    try {
      return Double.parseDouble(text.substring(2));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
