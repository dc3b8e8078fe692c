package dev.usher.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageTest {
  private static final Pattern VARIABLE = Pattern.compile("\\{[a-z]+}");

  private static LongStream numbers() {
    return LongStream.concat(
        LongStream.rangeClosed(0, 12_000),
        LongStream.of(99_999, 100_000, 999_999, 1_000_000, 1_000_001, 2_000_000, 2_147_000_000));
  }

  @ParameterizedTest
  @EnumSource
  void numbersReadAsUnicodeSaysTheyDo(Language language) {
    ULocale locale = ULocale.forLanguageTag(language.tag() + "-u-nu-latn");
    PluralRules rules = PluralRules.forLocale(locale);
    var format = NumberFormatter.withLocale(locale);
    numbers()
        .forEach(
            n -> {
              assertThat(language.plural(n).word()).as("%s", n).isEqualTo(rules.select((double) n));
              assertThat(language.grouped(n)).isEqualTo(format.format(n).toString());
            });
  }

  @ParameterizedTest
  @EnumSource
  void daysReadAsUnicodeSaysTheyDo(Language language) {
    String tag = language == Language.ENGLISH ? "en-GB" : language.tag();
    ULocale locale = ULocale.forLanguageTag(tag + "-u-nu-latn");
    DateFormat format = DateFormat.getPatternInstance("yMMMMd", locale);
    format.setTimeZone(TimeZone.GMT_ZONE);
    for (int month = 1; month <= 12; month++) {
      LocalDate day = LocalDate.of(2027, month, 2 * month + 1);
      Date midnight = Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
      assertThat(Texts.of(language).date(day)).isEqualTo(format.format(midnight));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTextIsThereInEveryFormThatNumbersNeed(Language language) {
    Set<String> forms =
        numbers().mapToObj(n -> language.plural(n).word()).collect(Collectors.toSet());
    Set<String> expected = new TreeSet<>();
    for (String key : Texts.of(Language.ENGLISH).all().keySet()) {
      if (!key.endsWith(".one")) {
        String counted = key.endsWith(".other") ? key.substring(0, key.length() - 5) : null;
        expected.addAll(
            counted == null
                ? Set.of(key)
                : forms.stream().map(counted::concat).collect(Collectors.toSet()));
      }
    }
    assertThat(new TreeSet<>(Texts.of(language).all().keySet())).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void everyTextHasTheVariablesOfTheEnglishOne(Language language) {
    Map<String, String> english = Texts.of(Language.ENGLISH).all();
    Texts.of(language)
        .all()
        .forEach(
            (key, text) -> {
              String form = key.substring(key.lastIndexOf('.') + 1);
              String base = key.substring(0, key.length() - form.length()) + "other";
              String like = english.getOrDefault(key, english.get(base));
              assertThat(variables(text)).as(key).isEqualTo(variables(like == null ? "" : like));
            });
  }

  private static Set<String> variables(String text) {
    Matcher found = VARIABLE.matcher(text);
    return found.results().map(r -> r.group()).collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7 | KOREAN
          nl, fr-CA;q=0.5, en;q=0.4           | FRENCH
          en;q=0.3, ar;q=0.9                  | ARABIC
          zh-TW                               | CHINESE
          PT-br                               | PORTUGUESE
          de;q=0, es;q=0.1                    | SPANISH
          *                                   | ENGLISH
          nl                                  | ENGLISH
          ja;q=much                           | ENGLISH
          ,;,;;q=,=                           | ENGLISH
          """)
  void theBrowsersPreferenceIsFollowedAsFarAsItCanBe(String header, Language expected) {
    assertThat(Language.preferred(header)).isEqualTo(expected);
  }

  @Test
  void whoPrefersNothingReadsEnglish() {
    assertThat(Language.preferred(null)).isEqualTo(Language.ENGLISH);
    assertThat(Language.preferred("")).isEqualTo(Language.ENGLISH);
  }

  @Test
  void whatWasChosenWinsOverWhatTheBrowserPrefers() {
    assertThat(Choice.of("ko.still", "de")).isEqualTo(new Choice(Language.KOREAN, true));
    assertThat(Choice.of("zh-Hans", "de")).isEqualTo(new Choice(Language.CHINESE, false));
    assertThat(Choice.of("<script>", "de")).isEqualTo(new Choice(Language.GERMAN, false));
    for (Language language : Language.values()) {
      Choice choice = new Choice(language, language.rightToLeft());
      assertThat(Choice.of(choice.cookie(), null)).isEqualTo(choice);
    }
  }
}
