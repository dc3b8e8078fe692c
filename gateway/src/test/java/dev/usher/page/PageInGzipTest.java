package dev.usher.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.forecast.WaitRange;
import dev.usher.house.AFifthOfTries;
import dev.usher.sale.Countdown;
import dev.usher.sale.Opening;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages as most browsers get them. */
class PageInGzipTest {
  /** About what they have, so that whoever adds to the page notices what everybody loads. */
  private static final int BYTES_MAX = 9000;

  private static final WaitingPage PAGE = new WaitingPage("concert", "City Concert", Look.PLAIN);
  private static final Standing.State[] STATES = Standing.State.values();
  private static final Standing.Halt[] HALTS = Standing.Halt.values();
  private static final Language[] LANGUAGES = Language.values();

  /** As any client reads it; the sum and the length at its end are checked. */
  static byte[] inflated(byte[] gzip) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError("It must be gzip but is not", e);
    }
  }

  private static Standing standing(Random chance, String message) {
    Opening opening =
        new Opening(
            0, 1, "2027-05-07T08:00:00Z", LocalDate.of(2027, 5, 7), "10:00 (Europe/Berlin)");
    long from = chance.nextInt(5_000_000);
    return new Standing(
        STATES[chance.nextInt(STATES.length)],
        chance.nextInt(4) == 0 ? Long.MAX_VALUE : chance.nextLong() >>> chance.nextInt(1, 64),
        chance.nextInt(600_000),
        HALTS[chance.nextInt(HALTS.length)],
        chance.nextBoolean() ? new Countdown(opening, chance.nextInt()) : null,
        chance.nextBoolean(),
        message,
        chance.nextBoolean() ? new WaitRange(from, from + chance.nextInt(5_000_000)) : null);
  }

  private static WaitingPage.View view(Random chance, Choice choice) {
    WaitingPage.LineNumber number =
        chance.nextBoolean()
            ? new WaitingPage.LineNumber(chance.nextLong() >>> 1, chance.nextInt(1_000_000))
            : null;
    Ended late = chance.nextBoolean() ? Ended.IDLE : Ended.LONG;
    Ended ended = chance.nextBoolean() ? late : null;
    return new WaitingPage.View(choice, number, ended, chance.nextBoolean());
  }

  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
  @Property(tries = 20_000)
  void whateverIsToldItIsThePlainPage(@ForAll Random chance, @ForAll String message) {
    Choice choice = new Choice(LANGUAGES[chance.nextInt(LANGUAGES.length)], chance.nextBoolean());
    Standing standing = standing(chance, message);
    WaitingPage.View view = view(chance, choice);
    assertThat(inflated(PAGE.gzip(standing, view))).isEqualTo(PAGE.write(standing, view));
  }

  @Property(tries = 20)
  void soItIsHoweverMuchTheOrganiserHasToSay(
      @ForAll Random chance, @ForAll @StringLength(min = 20_000, max = 100_000) String message) {
    Standing standing = standing(chance, message);
    WaitingPage.View view = view(chance, new Choice(Language.KOREAN, false));
    assertThat(inflated(PAGE.gzip(standing, view))).isEqualTo(PAGE.write(standing, view));
  }

  /** Whoever watches the lengths of answers learns no more than from plain pages. */
  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
  @Property(tries = 5000)
  void nothingThatDiffersBetweenVisitorsIsCompressed(
      @ForAll Random chance, @ForAll @StringLength(max = 1000) String message) {
    Choice choice = new Choice(Language.ENGLISH, false);
    WaitingPage.View view = view(chance, choice);
    // Who has a number has a part more, and another one in a frame, which the browser says itself.
    WaitingPage.LineNumber one = view.place() == null ? null : new WaitingPage.LineNumber(1, 2);
    int saved =
        saved(
            new Standing(Standing.State.WAITING, 7, 2500),
            new WaitingPage.View(choice, one, null, view.framed()));
    assertThat(saved(standing(chance, message), view)).isEqualTo(saved);
  }

  private static int saved(Standing standing, WaitingPage.View view) {
    return PAGE.write(standing, view).length - PAGE.gzip(standing, view).length;
  }

  @ParameterizedTest
  @EnumSource
  void inEachLanguageItGoesThroughTheWireBeforeTheFirstAcknowledgement(Language language) {
    for (boolean still : new boolean[] {false, true}) {
      Choice choice = new Choice(language, still);
      WaitingPage.View view =
          new WaitingPage.View(choice, new WaitingPage.LineNumber(7, 42), Ended.IDLE, true);
      WaitRange range = new WaitRange(730_000, 1_060_000);
      Standing standing =
          new Standing(
              Standing.State.WAITING,
              1_234_567,
              2500,
              Standing.Halt.NONE,
              null,
              true,
              "20:15",
              range);
      assertThat(PAGE.gzip(standing, view)).hasSizeLessThan(BYTES_MAX);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusalsAreTheSameToo(Notice notice) {
    NoticePage page = new NoticePage("concert", "City Concert", Look.PLAIN);
    for (Language language : LANGUAGES) {
      Choice choice = new Choice(language, false);
      NoticePage.Telling telling =
          NoticePage.Telling.of(notice, true).again(5).remarking("A port? & more");
      byte[] gzip = page.gzip(telling, choice);
      assertThat(inflated(gzip)).isEqualTo(page.write(telling, choice));
      assertThat(gzip).hasSizeLessThan(3000);
    }
  }
}
