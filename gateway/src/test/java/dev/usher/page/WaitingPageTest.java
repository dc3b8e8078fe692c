package dev.usher.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sale.Countdown;
import dev.usher.sale.Opening;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaitingPageTest {
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)((?:\\s[^<>]*)?)>");
  private static final Set<String> VOID = Set.of("meta", "link", "br", "input", "img");

  private static String page(String title, long ahead) {
    return page(title, ahead, new Choice(Language.ENGLISH, false));
  }

  private static String page(String title, long ahead, Choice choice) {
    Standing standing = new Standing(Standing.State.WAITING, ahead, 2500);
    WaitingPage.LineNumber number = new WaitingPage.LineNumber(7, 42);
    return text(
        new WaitingPage("concert", title, Look.PLAIN)
            .write(standing, new WaitingPage.View(choice, number, null)));
  }

  private static String text(byte[] html) {
    return new String(html, StandardCharsets.UTF_8);
  }

  @Test
  void aTitleIsTextNeverMarkup() {
    assertThat(page("<b>A & \"B\"</b>", 3))
        .contains("&lt;b&gt;A &amp; &quot;B&quot;&lt;/b&gt;")
        .doesNotContain("<b>");
  }

  @Test
  void itIsWholeAndSmall() {
    String html = page("City Concert", 1234567);
    assertThat(html).contains("1,234,567 people are ahead of you.").hasSizeLessThan(22 * 1024);
    assertThat(html)
        .startsWith("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">")
        .contains("<title>");
    assertWellNested(html);
  }

  @ParameterizedTest
  @EnumSource
  void inEveryLanguageItIsWholeAndSmallAndSwitchesToTheOthers(Language language) {
    for (boolean still : new boolean[] {false, true}) {
      String html = page("City Concert", 1234567, new Choice(language, still));
      assertWellNested(html);
      // Arabic letters are two bytes each; what goes over the wire is in PageInGzipTest.
      assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(22 * 1024);
      assertThat(html).contains("<html lang=\"" + language.tag() + "\"", "City Concert");
      assertThat(html).contains(language.grouped(1234567)).doesNotContain("{n}.\"<", "{title}");
      for (Language other : Language.values()) {
        assertThat(html).contains("language=" + other.tag() + "\"", other.ownName());
      }
    }
  }

  @Test
  void theScriptGetsItsTextsAsDataThatCannotEndIt() {
    String html = page("</script><script>alert(1)</script>", 3);
    Matcher data =
        Pattern.compile("<script type=\"application/json\" id=\"texts\">(.*?)</script>")
            .matcher(html);
    assertThat(data.find()).isTrue();
    assertThat(data.group(1)).startsWith("{\"ahead.one\":").doesNotContain("<").endsWith("}");
    assertThat(html).doesNotContain("<script>alert");
  }

  @Test
  void beforeAnOpeningItSaysWhenThatIs() {
    Opening opening = new Opening(0, 1, "", LocalDate.of(2027, 5, 7), "10:00 (Europe/Berlin)");
    String begins =
        "The sale has not begun yet. It begins on 7 May 2027 at 10:00 (Europe/Berlin). ";
    Map<Long, String> places =
        Map.of(
            Long.MAX_VALUE,
            "You keep your place until then.",
            0L,
            "You are the first in the line.",
            1L,
            "1 person is ahead of you.",
            1234L,
            "1,234 people are ahead of you.");
    Sheet sheet = new Sheet(Language.ENGLISH, "concert", "City Concert", Look.PLAIN);
    places.forEach(
        (ahead, place) ->
            assertThat(
                    sheet.say(
                        new Standing(
                            Standing.State.WAITING,
                            ahead,
                            0,
                            Standing.Halt.NONE,
                            new Countdown(opening, 5000),
                            false,
                            "",
                            null)))
                .isEqualTo(begins + place));
  }

  private static Standing told(Standing.State state, boolean limited, String message) {
    return new Standing(state, 3, 2500, Standing.Halt.NONE, null, limited, message, null);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheOrganiserDoesAndSaysIsToldInEveryLanguage(Language language) {
    Sheet sheet = new Sheet(language, "concert", "City Concert", Look.PLAIN);
    Texts texts = Texts.of(language);
    String waits = sheet.say(told(Standing.State.WAITING, false, ""));
    assertThat(waits).isEqualTo(texts.count("ahead", 3));
    assertThat(sheet.say(told(Standing.State.WAITING, true, "")))
        .isEqualTo(waits + " " + texts.text("limited"));
    assertThat(sheet.say(told(Standing.State.SOLD_OUT, true, ""))).isEqualTo(texts.text("soldout"));
    WaitingPage.View view = new WaitingPage.View(new Choice(language, false), null, null);
    String message = "Back at <b>20:15</b> & $& \\1";
    assertThat(text(sheet.copy(told(Standing.State.WAITING, false, message), view).plain()))
        .contains(waits + " ", "Back at &lt;b&gt;20:15&lt;/b&gt; &amp; $&amp; \\1")
        .doesNotContain("Back at <b>", "{message}<");
    assertThat(text(sheet.copy(told(Standing.State.WAITING, false, ""), view).plain()))
        .contains(waits + "</p>");
  }

  @Test
  void itKnowsByWhichNumberItCounts() {
    assertThat(page("City Concert", 3)).contains("data-place=\"7.42\" data-ahead=\"3\"");
  }

  @Test
  void itNeedsNothingFromElsewhere() {
    assertThat(page("City Concert", 3)).doesNotContain("http://", "https://", " src=", "@import");
  }

  @Test
  void itLoadsItselfAgainWithoutJavaScript() {
    assertThat(page("City Concert", 3))
        .contains("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>");
  }

  @Test
  void thePolicyNamesJustTheScriptAndTheStyleThatThePageCarries() {
    String html = page("City Concert", 3);
    assertThat(new WaitingPage("concert", "City Concert", Look.PLAIN).policy())
        .contains("script-src '" + digest(only(html, "script")) + "'")
        .contains("style-src '" + digest(only(html, "style")) + "'")
        .contains("default-src 'none'", "frame-ancestors", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(html).doesNotContain(" style=", " onclick=", "javascript:");
  }

  static String only(String html, String tag) {
    Matcher found =
        Pattern.compile("<" + tag + ">(.*?)</" + tag + ">", Pattern.DOTALL).matcher(html);
    assertThat(found.find()).as(tag).isTrue();
    String content = found.group(1);
    assertThat(found.find()).as("a second " + tag).isFalse();
    return content;
  }

  static String digest(String content) {
    try {
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static void assertWellNested(String html) {
    String markup = html.replaceAll("(?s)<(script|style)>.*?</\\1>", "<$1></$1>");
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(markup);
    while (tags.find()) {
      String tag = tags.group(2);
      if (tags.group(1).isEmpty()) {
        if (!VOID.contains(tag)) {
          open.push(tag);
        }
      } else {
        assertThat(tag).isEqualTo(open.poll());
      }
    }
    assertThat(open).isEmpty();
    assertThat(markup.replaceAll(TAG.pattern(), "").replace("<!doctype html>", ""))
        .doesNotContain("<", ">");
  }
}
