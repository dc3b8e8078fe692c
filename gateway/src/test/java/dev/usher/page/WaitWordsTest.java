package dev.usher.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.forecast.WaitRange;
import dev.usher.page.Standing.Halt;
import dev.usher.sale.Countdown;
import dev.usher.sale.Opening;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WaitWordsTest {
  private static final Countdown SALE =
      new Countdown(new Opening(0, 1, "", LocalDate.of(2027, 5, 7), "10:00"), 60_000);

  private static Standing told(@Nullable Countdown countdown, @Nullable WaitRange range) {
    return new Standing(Standing.State.WAITING, 3, 2500, Halt.NONE, countdown, false, "", range);
  }

  private static String say(Standing standing) {
    return new WaitWords(Texts.of(Language.ENGLISH)).say(standing);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 59, less than a minute",
    "50, 61, about 1 to 2 minutes",
    "300, 480, about 5 to 8 minutes",
    "299, 481, about 4 to 9 minutes",
    "479, 480, about 7 to 8 minutes",
    "1000, 1261, about 16 to 25 minutes",
    "1500, 1501, about 25 to 30 minutes",
    "3000, 4500, about 50 to 75 minutes"
  })
  void theRangeIsToldInWholeMinutesThatContainIt(long from, long to, String words) {
    assertThat(say(told(null, new WaitRange(1000 * from, 1000 * to))))
        .isEqualTo("Your wait: " + words + ".");
  }

  @Test
  void whatCannotBeToldIsSaid() {
    assertThat(say(told(null, null))).isEqualTo("Your wait: we cannot tell yet.");
  }

  @Test
  void beforeAnOpeningItIsWhatFollowsIt() {
    assertThat(say(told(SALE, new WaitRange(60_000, 120_000))))
        .isEqualTo("After it begins: about 1 to 2 minutes.");
    assertThat(say(told(SALE, null))).isEmpty();
  }

  @Test
  void nothingIsSaidWhereNobodyComesInOrTheTurnHasCome() {
    WaitRange range = new WaitRange(60_000, 120_000);
    for (Standing.Halt halt : EnumSet.complementOf(EnumSet.of(Halt.NONE))) {
      assertThat(say(new Standing(Standing.State.WAITING, 3, 0, halt, null, false, "", range)))
          .isEmpty();
    }
    for (Standing.State state :
        new Standing.State[] {Standing.State.CALLED, Standing.State.SOLD_OUT}) {
      assertThat(say(new Standing(state, 3, 0, Halt.NONE, null, false, "", range))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void inEveryLanguageBothEndsAreToldAfterTheProgress(Language language) {
    Sheet sheet = new Sheet(language, "concert", "City Concert", Look.PLAIN);
    WaitingPage.View view = new WaitingPage.View(new Choice(language, false), null, null);
    Standing standing = told(null, new WaitRange(1_500_000, 2_100_000));
    String html = new String(sheet.copy(standing, view).plain(), StandardCharsets.UTF_8);
    String words = html.substring(html.indexOf("<p id=\"wait\">"));
    assertThat(words.substring(0, words.indexOf("</p>"))).contains("25", "35").doesNotContain("{");
    assertThat(html.indexOf("id=\"gone\"")).isLessThan(html.indexOf("id=\"wait\""));
  }

  @Test
  void appsGetTheRangeInSeconds() {
    String json =
        new String(
            new PlaceJson("concert").write(told(null, new WaitRange(61_900, 120_100))),
            StandardCharsets.UTF_8);
    assertThat(json).contains(",\"waitFromSeconds\":61,\"waitToSeconds\":121");
    assertThat(new String(new PlaceJson("concert").write(told(null, null)), StandardCharsets.UTF_8))
        .doesNotContain("waitFrom", "waitTo");
  }
}
