package dev.usher.page;

import dev.usher.accept.WeightedList;
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
    int most = 0;
    WeightedList list = new WeightedList(header == null ? "" : header);
    while (list.next()) {
      Language language = of(list.name());
      if (language != null && list.weight() > most) {
        best = language;
        most = list.weight();
      }
    }
    return best;
  }
}
