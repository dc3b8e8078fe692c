package dev.usher.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the page says in one language. A text that counts something has one form for each plural of
 * the language, with {@code {n}} where the number stands.
 */
public final class Texts {
  private static final String MONTHS = "months";
  private static final Pattern VARIABLE = Pattern.compile("[{][a-z]+}");

  private static final Map<Language, Texts> ALL = new EnumMap<>(Language.class);

  static {
    for (Language language : Language.values()) {
      Texts texts = new Texts(language, read("texts", language));
      read("notices", language)
          .forEach((key, text) -> texts.texts.put((String) key, (String) text));
      ALL.put(language, texts);
    }
  }

  private final Language language;
  private final Map<String, String> texts = new HashMap<>();

  private Texts(Language language, Properties file) {
    this.language = language;
    file.stringPropertyNames().forEach(key -> texts.put(key, file.getProperty(key)));
  }

  static Texts of(Language language) {
    return Objects.requireNonNull(ALL.get(language));
  }

  /** The names of all texts of a language. */
  public static Set<String> names(Language language) {
    return Collections.unmodifiableSet(of(language).texts.keySet());
  }

  /**
   * What is wrong with an operator's own words for a text, said after the word "must"; null if
   * nothing is.
   */
  public static @Nullable String refusal(Language language, String key, String words) {
    String ours = of(language).text(key);
    if (key.equals(MONTHS) && words.split(", ", -1).length != 12) {
      return "have twelve months with a comma and a blank between them";
    }
    Set<String> needed = variables(ours);
    return variables(words).equals(needed)
        ? null
        : "have " + (needed.isEmpty() ? "no variable" : String.join(" and ", needed));
  }

  private static Set<String> variables(String text) {
    return VARIABLE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The same texts but for these. */
  Texts with(Map<String, String> others) {
    if (others.isEmpty()) {
      return this;
    }
    Texts changed = new Texts(language, new Properties());
    changed.texts.putAll(texts);
    changed.texts.putAll(others);
    return changed;
  }

  /** The text of this key. */
  String text(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException(
          "Every text must be there in every language but " + language.tag() + " has no " + key);
    }
    return text;
  }

  /** The text for this many, with the number in it. */
  String count(String key, long number) {
    return text(key + "." + language.plural(number).word())
        .replace("{n}", language.grouped(number));
  }

  /** The day in words; the image's Java has the names of months in English only. */
  String date(LocalDate day) {
    return text("date")
        .replace("{day}", Integer.toString(day.getDayOfMonth()))
        .replace("{month}", text(MONTHS).split(", ", -1)[day.getMonthValue() - 1])
        .replace("{year}", Integer.toString(day.getYear()));
  }

  /** All keys and texts, by key. */
  Map<String, String> all() {
    return Map.copyOf(texts);
  }

  private static Properties read(String folder, Language language) {
    String name = folder + "/" + language.tag() + ".properties";
    try (Reader in = new InputStreamReader(Page.resource(name), StandardCharsets.UTF_8)) {
      Properties file = new Properties();
      file.load(in);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
