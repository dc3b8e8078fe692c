package dev.usher.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticePageTest {
  private static final Choice ENGLISH = new Choice(Language.ENGLISH, false);
  private static final Look OWN =
      new Look(
          null,
          new Palette(false, Map.of()),
          new Palette(true, Map.of()),
          List.of(new Look.Link("Help & more", "/help")),
          Map.of(Language.ENGLISH, Map.of("notice.full", "Full <house>.")),
          List.of("https://partner.example", "https://other.example:8443"),
          Template.OURS);

  private static String text(byte[] html) {
    return new String(html, StandardCharsets.UTF_8);
  }

  private static String page(Notice notice, boolean form, int again, Choice choice) {
    NoticePage.Telling telling = NoticePage.Telling.of(notice, form).again(again);
    return text(NoticePage.PLAIN.write(telling, choice));
  }

  @ParameterizedTest
  @EnumSource
  void everyNoticeIsWholeAndSmallInEveryLanguageForPagesAndForForms(Language language) {
    Texts texts = Texts.of(language);
    for (Notice notice : Notice.values()) {
      for (boolean form : new boolean[] {false, true}) {
        String html = page(notice, form, 5, new Choice(language, false));
        WaitingPageTest.assertWellNested(html);
        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8 * 1024);
        assertThat(html)
            .contains("<html lang=\"" + language.tag() + "\"")
            .contains("<h1>" + Page.escape(notice.title(texts)) + "</h1>")
            .contains(Page.escape(notice.sentence(texts, form)))
            .doesNotContain("noindex", "{title}", "{n}", " style=");
      }
    }
  }

  @Test
  void whoSentAFormIsToldWhatBecameOfIt() {
    assertThat(page(Notice.BUSY, true, 0, ENGLISH)).contains("nothing was done by it");
    assertThat(page(Notice.SLOW, true, 0, ENGLISH)).contains("do not know whether");
    assertThat(page(Notice.TWICE, true, 0, ENGLISH)).contains("and not again. Before you send");
    assertThat(page(Notice.FULL, true, 0, ENGLISH)).contains("takes. What you sent went nowhere");
    assertThat(page(Notice.BUSY, false, 0, ENGLISH)).doesNotContain("What you sent");
  }

  @Test
  void aPageThatTriesAgainSaysSoAndHowToStopIt() {
    assertThat(page(Notice.FULL, false, 10, ENGLISH))
        .contains("This page tries again by itself.", "href=\"/_usher/page?reload=off\"");
    assertThat(page(Notice.FULL, false, 10, new Choice(Language.ENGLISH, true)))
        .contains("href=\"/_usher/page?reload=on\"")
        .doesNotContain("tries again by itself");
    assertThat(page(Notice.SOLD, false, 0, ENGLISH)).doesNotContain("reload=", "by itself");
  }

  @Test
  void whyAVisitEndedIsSaidInPlaceOfTheLine() {
    NoticePage.Telling unsent = NoticePage.Telling.of(Notice.UNSENT, true);
    assertThat(text(NoticePage.PLAIN.write(unsent, ENGLISH)))
        .contains("<p>There is a line before this page, and you are not in. What you sent just");
    NoticePage.Telling idle =
        new NoticePage.Telling(Notice.UNSENT, true, 0, Ended.IDLE, null, "/a?b&c\"");
    assertThat(text(NoticePage.PLAIN.write(idle, ENGLISH)))
        .contains("<p>Your visit ended because", "href=\"/a?b&amp;c&quot;\">Go to the line</a>")
        .doesNotContain("There is a line before");
  }

  @Test
  void aRemarkIsEnglishInEveryLanguage() {
    NoticePage.Telling told = NoticePage.Telling.of(Notice.ELSEWHERE, false).remarking("a <b> c");
    assertThat(text(NoticePage.PLAIN.write(told, new Choice(Language.ARABIC, false))))
        .contains("dir=\"rtl\"", "<p lang=\"en\" dir=\"ltr\">a &lt;b&gt; c</p>");
  }

  @Test
  void aRoomsNoticesHaveItsTitleLinksAndWords() {
    NoticePage own = new NoticePage("concert", "Gala <1>", OWN);
    String html = text(own.write(NoticePage.Telling.of(Notice.FULL, false).again(5), ENGLISH));
    WaitingPageTest.assertWellNested(html);
    assertThat(html)
        .contains("<title>The line is full \u2013 Gala &lt;1&gt;</title>", "<p>Gala &lt;1&gt;</p>")
        .contains("Full &lt;house&gt;.", "Help &amp; more")
        .contains("href=\"/_usher/page?room=concert&amp;reload=off\"");
  }

  @Test
  void thePolicyNamesTheStyleAndWhoMayFrameThePage() {
    NoticePage own = new NoticePage("concert", "Gala", OWN);
    String html = text(own.write(NoticePage.Telling.of(Notice.FULL, false), ENGLISH));
    assertThat(own.policy())
        .contains("style-src '" + WaitingPageTest.digest(WaitingPageTest.only(html, "style")))
        .contains("default-src 'none'")
        .endsWith("frame-ancestors 'self' https://partner.example https://other.example:8443")
        .doesNotContain("script-src", "unsafe");
    assertThat(own.isFramedElsewhere()).isTrue();
    assertThat(NoticePage.PLAIN.policy()).endsWith("frame-ancestors 'self'");
    assertThat(new WaitingPage("concert", "Gala", OWN).policy())
        .endsWith("frame-ancestors 'self' https://partner.example https://other.example:8443");
  }

  @Test
  void whatIsOfAHostButOfNoRoomIsFramedByThoseWhomAllItsRoomsName() {
    NoticePage own = new NoticePage("concert", "Gala", OWN);
    NoticePage other =
        new NoticePage("opera", "", Look.PLAIN.framedBy(List.of("https://partner.example")));
    NoticePage plain = new NoticePage("museum", "", Look.PLAIN);
    assertThat(NoticePage.ofHostWith(List.of(own)).policy())
        .endsWith("frame-ancestors 'self' https://other.example:8443 https://partner.example");
    assertThat(NoticePage.ofHostWith(List.of(own, other)).policy())
        .endsWith("frame-ancestors 'self' https://partner.example");
    assertThat(NoticePage.ofHostWith(List.of(own, other)).isFramedElsewhere()).isTrue();
    assertThat(NoticePage.ofHostWith(List.of(own, plain))).isSameAs(NoticePage.PLAIN);
    assertThat(NoticePage.ofHostWith(List.of())).isSameAs(NoticePage.PLAIN);
  }

  @Test
  void whoeverNothingIsKnownOfIsToldInAllLanguages() {
    String html = text(NoticePage.PLAIN.writeInAll(Notice.CONNECTIONS));
    WaitingPageTest.assertWellNested(html);
    for (Language language : Language.values()) {
      Texts texts = Texts.of(language);
      assertThat(html)
          .contains("<div lang=\"" + language.tag() + "\"")
          .contains("<p>" + Notice.CONNECTIONS.sentence(texts, false) + "</p>")
          .contains("<p><a href=\"\">" + texts.text("notice.again") + "</a></p>")
          .doesNotContain(texts.text("notice.itself"));
    }
    assertThat(html).contains("<div lang=\"ar\" dir=\"rtl\">");
  }
}
