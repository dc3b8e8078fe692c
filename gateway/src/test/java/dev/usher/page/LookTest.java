package dev.usher.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A page in an operator's colours and words. */
final class LookTest {
  private static final Palette LIGHT = new Palette(false, Map.of(Tint.ACCENT, "#0a5c36"));
  private static final Palette DARK = new Palette(true, Map.of(Tint.CARD, "#000000"));

  private static String page(Look look, Language language, Standing standing) {
    WaitingPage page = new WaitingPage("concert", "City Concert", look);
    byte[] html =
        page.write(standing, new WaitingPage.View(new Choice(language, false), null, Ended.IDLE));
    return new String(html, StandardCharsets.UTF_8);
  }

  private static Standing waits(long ahead) {
    return new Standing(Standing.State.WAITING, ahead, 2000);
  }

  @Test
  void contrastIsThatOfTheGuidelines() {
    assertThat(Palette.contrast("#000000", "#fff")).isEqualTo(21, within(1e-9));
    assertThat(Palette.contrast("#777777", "#ffffff")).isEqualTo(4.48, within(0.005));
    assertThat(Palette.contrast("#abcdef", "#abcdef")).isEqualTo(1, within(1e-9));
  }

  @Test
  void ourOwnColoursAreLegibleInBothThemesAndDifferent() {
    Palette light = new Palette(false, Map.of());
    Palette dark = new Palette(true, Map.of());
    assertThat(light.faint()).isEmpty();
    assertThat(dark.faint()).isEmpty();
    for (Tint tint : Tint.values()) {
      assertThat(light.color(tint)).as(tint.toString()).isNotEqualTo(dark.color(tint));
    }
  }

  @Test
  void aColourThatCannotBeReadIsNamedWithItsGround() {
    Palette.Faint faint = new Palette(true, Map.of(Tint.MUTED, "#444444")).faint().get(0);
    assertThat(faint.text()).isEqualTo(Tint.MUTED);
    assertThat(faint.on()).isEqualTo(Tint.CARD);
    assertThat(faint.ratio()).isBetween(1.0, 2.0);
  }

  @Test
  void chosenColoursComeAfterOursEachForItsTheme() {
    Look look = new Look(null, LIGHT, DARK, List.of(), Map.of());
    assertThat(page(look, Language.ENGLISH, waits(3)))
        .contains("@media not all and (prefers-color-scheme: dark) { :root { --mark: #0a5c36 }\n}")
        .contains("@media (prefers-color-scheme: dark) { :root { --card: #000000 }\n}");
    String policy = new WaitingPage("concert", "City Concert", look).policy();
    assertThat(policy)
        .isNotEqualTo(new WaitingPage("concert", "City Concert", Look.PLAIN).policy())
        .contains("style-src '" + Page.digest(look.style()) + "'")
        .doesNotContain("img-src");
  }

  @Test
  void aPlainPageIsAsItAlwaysWas() {
    String html = page(Look.PLAIN, Language.ENGLISH, waits(3));
    assertThat(html).doesNotContain("<img", "id=\"links\"", "{links}");
    assertThat(new WaitingPage("concert", "City Concert", Look.PLAIN).policy())
        .isEqualTo(new WaitingPage("concert", "City Concert", Look.PLAIN).policy());
  }

  @Test
  void wordsOfTheOperatorAreSaidInTheirLanguageAloneAndEscaped() {
    Map<Language, Map<String, String>> words =
        Map.of(
            Language.ENGLISH,
            Map.of("ahead.other", "<b>{n}</b> fans first", "idle", "You were away."));
    Look look =
        new Look(null, new Palette(false, Map.of()), new Palette(true, Map.of()), List.of(), words);
    String english = page(look, Language.ENGLISH, waits(1234));
    assertThat(english)
        .contains("<p id=\"place\">&lt;b&gt;1,234&lt;/b&gt; fans first")
        .contains("\"ahead.other\":\"\\u003cb>{n}\\u003c/b> fans first\"")
        .contains("<p id=\"note\">You were away.</p>");
    assertThat(page(look, Language.GERMAN, waits(1234)))
        .contains("1.234", "vor")
        .doesNotContain("fans");
  }

  @Test
  void anOperatorsTextHasTheVariablesOfOurs() {
    assertThat(Texts.refusal(Language.ENGLISH, "ahead.other", "{n} fans")).isNull();
    assertThat(Texts.refusal(Language.ENGLISH, "ahead.other", "many")).isEqualTo("have {n}");
    assertThat(Texts.refusal(Language.ENGLISH, "next", "{n}")).isEqualTo("have no variable");
    assertThat(Texts.refusal(Language.ENGLISH, "opens", "at {time}"))
        .isEqualTo("have {date} and {time}");
    assertThat(Texts.names(Language.KOREAN)).contains("ahead.other").doesNotContain("ahead.one");
    assertThat(Texts.refusal(Language.KOREAN, "notice.full", "{n}")).isEqualTo("have no variable");
    assertThat(Texts.refusal(Language.KOREAN, "ahead.other", "{n}, {n}")).isNull();
  }

  @Test
  void aTextMayHaveLinesAndMonthsAreTwelve() {
    assertThat(Page.quote("a\n\"b\"\t<c>\\ü"))
        .isEqualTo("\"a\\u000a\\u0022b\\u0022\\u0009\\u003cc>\\u005cü\"");
    assertThat(Texts.refusal(Language.ENGLISH, "months", "Jan, Feb")).contains("twelve");
    assertThat(Texts.refusal(Language.ENGLISH, "months", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"))
        .isNull();
  }

  @Test
  void linksOpenBesideThePageAndCannotBreakOutOfIt() {
    Look look =
        new Look(
            null,
            new Palette(false, Map.of()),
            new Palette(true, Map.of()),
            List.of(new Look.Link("Help & <more>", "https://help.example/?a=\"&b")),
            Map.of());
    assertThat(page(look, Language.ENGLISH, waits(3)))
        .contains(
            "<a href=\"https://help.example/?a=&quot;&amp;b\" target=\"_blank\""
                + " rel=\"noopener\">Help &amp; &lt;more&gt;</a>");
  }

  @Test
  void aLogoIsAPictureWhoseNameIsItsContent() {
    Logo svg = Objects.requireNonNull(Logo.of("<?xml?><svg/>".getBytes(StandardCharsets.UTF_8)));
    assertThat(svg.type()).isEqualTo("image/svg+xml");
    assertThat(svg.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("<?xml?><svg/>");
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};
    assertThat(Objects.requireNonNull(Logo.of(png)).type()).isEqualTo("image/png");
    assertThat(Objects.requireNonNull(Logo.of(png)).bytes()).isEqualTo(png);
    assertThat(Objects.requireNonNull(Logo.of(png)).name()).hasSize(24).isNotEqualTo(svg.name());
    assertThat(Logo.of("<html>".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(Logo.of(new byte[0])).isNull();
    Look look =
        new Look(
            svg, new Palette(false, Map.of()), new Palette(true, Map.of()), List.of(), Map.of());
    assertThat(page(look, Language.ENGLISH, waits(3)))
        .contains(
            "<img id=\"logo\" alt=\"\" src=\"/_usher/logo?room=concert&amp;v="
                + svg.name()
                + "\">");
    assertThat(new WaitingPage("concert", "City Concert", look).policy())
        .contains("img-src 'self'; ");
  }
}
