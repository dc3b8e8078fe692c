package dev.usher.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page around what Usher says, as an operator writes it. */
final class TemplateTest {
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "page.mustache");

  private static final String WHOLE =
      """
      <!doctype html>
      <html lang="{{language}}" dir="{{direction}}">
      <head>
      {{{head}}}
      (head)
      </head>
      <body>
      (body)
      {{{main}}}
      </body>
      </html>
      """;

  private static String inHead(String markup) {
    return WHOLE.replace("(head)", markup).replace("(body)\n", "");
  }

  private static String inBody(String markup) {
    return WHOLE.replace("(head)\n", "").replace("(body)", markup);
  }

  private static Look look(String template) {
    return new Look(
        Logo.of("<svg/>".getBytes(StandardCharsets.UTF_8)),
        Look.PLAIN.light(),
        Look.PLAIN.dark(),
        List.of(new Look.Link("Help & more", "/help")),
        Map.of(),
        List.of(),
        Template.of(template));
  }

  private static String waits(String template, Language language) {
    Standing standing = new Standing(Standing.State.WAITING, 1234, 2500);
    byte[] page =
        new WaitingPage("concert", "Gala <1>", look(template))
            .write(standing, new WaitingPage.View(new Choice(language, false), null, null));
    return new String(page, StandardCharsets.UTF_8);
  }

  private static String refused(String template, Language language) {
    byte[] page =
        new NoticePage("concert", "Gala <1>", look(template))
            .write(NoticePage.Telling.of(Notice.FULL, false), new Choice(language, false));
    return new String(page, StandardCharsets.UTF_8);
  }

  @Test
  void ourOwnPageIsATemplateWithoutFault() {
    assertThat(Template.faults(Template.OURS.source())).isEmpty();
    assertThat(waits(Template.OURS.source(), Language.ARABIC))
        .startsWith("<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta charset")
        .contains("</style>\n</head>\n<body>\n<main data-room=\"concert\"")
        .endsWith("</script>\n</body>\n</html>\n");
  }

  @ParameterizedTest
  @EnumSource
  void theExampleIsWholeInEveryLanguageForWhoWaitsAndWhoIsRefused(Language language)
      throws IOException {
    String example = Files.readString(EXAMPLE);
    assertThat(Template.faults(example)).isEmpty();
    String waits = waits(example, language);
    String refused = refused(example, language);
    for (String page : List.of(waits, refused)) {
      WaitingPageTest.assertWellNested(page.replaceAll("<(circle|path)[^>]*/>", ""));
      assertThat(page)
          .startsWith("<!doctype html>\n<html lang=\"" + language.tag() + "\"")
          .contains("<p>Gala &lt;1&gt;</p>", "<footer>")
          .containsOnlyOnce("<img id=\"logo\"")
          .containsOnlyOnce("Help &amp; more");
      assertThat(page.indexOf("<img")).isLessThan(page.indexOf("<main"));
      assertThat(page.indexOf("Help &amp; more")).isGreaterThan(page.indexOf("</main>"));
    }
    assertThat(waits)
        .contains(language == Language.GERMAN ? "Einlass ist" : "Doors open")
        .contains("id=\"place\"", language.grouped(1234));
    assertThat(refused).doesNotContain("Einlass", "Doors open");
  }

  @Test
  void thePolicyAllowsTheStylesOfTheTemplateAsBrowsersReadThem() {
    String template = inHead("<style>\n.a > .b { color: red }\n</style>").replace("\n", "\r\n");
    assertThat(waits(template, Language.ENGLISH)).contains("<style>\n.a > .b { color: red }\n<");
    String digest = WaitingPageTest.digest("\n.a > .b { color: red }\n");
    assertThat(new WaitingPage("concert", "Gala", look(template)).policy())
        .contains("style-src 'sha256-")
        .contains(" '" + digest + "'; img-src");
    assertThat(new NoticePage("concert", "Gala", look(template)).policy())
        .contains(" '" + digest + "'; img-src");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<!-- our <style> -->", "{{! our <style> }}", "<!-- <style>b</style> -->"})
  void aCommentThatSpeaksOfAStyleIsNone(String comment) {
    String template = inHead(comment + "\n<style>.a { /* <!-- */ color: red }</style>");
    assertThat(Template.faults(template)).isEmpty();
    String digest = WaitingPageTest.digest(".a { /* <!-- */ color: red }");
    assertThat(Template.of(template).styles()).containsExactly(".a { /* <!-- */ color: red }");
    assertThat(new WaitingPage("concert", "Gala", look(template)).policy())
        .contains(" '" + digest + "'; img-src");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- {{{main}}} -->",
        "<!-- {{{main}}}",
        "<svg><title>{{{main}}}</title></svg>",
        "{{{main}}}<!-- {{{main}}} -->",
      })
  void whereABrowserDoesNotShowItNoPartMayStand(String markup) {
    assertThat(Template.faults(inBody("").replace("{{{main}}}", markup)))
        .extracting(Template.Fault::must)
        .containsExactly("have {{{main}}} once, after the head, between <body> and </body>");
  }

  @Test
  void whereATemplateSaysNothingOfLogoAndLinksTheyAreInTheMainPart() {
    String page = waits(inBody(""), Language.ENGLISH);
    assertThat(page.indexOf("<img")).isBetween(page.indexOf("<main"), page.indexOf("<h1>"));
    assertThat(page.indexOf("Help &amp;")).isLessThan(page.indexOf("</main>"));
  }

  @Test
  void aTitleIsEscapedWithTwoBracesAndWithThree() {
    assertThat(waits(inBody("<p>{{title}}|{{{title}}}|{{&title}}</p>"), Language.ENGLISH))
        .contains("<p>Gala &lt;1&gt;|Gala &lt;1&gt;|Gala &lt;1&gt;</p>");
  }

  @Test
  void anUnknownNameIsSaidWithItsLineAndWithThoseThatThereAre() {
    List<Template.Fault> faults =
        Template.faults(
            inBody("{{titel}} {{#tlh}}a{{/tlh}} {{> other}}\n{{^ danish }}{{/danish}}"));
    assertThat(faults)
        .extracting(Template.Fault::line, Template.Fault::has)
        .containsExactlyInAnyOrder(
            tuple(7, "{{titel}}"),
            tuple(7, "{{> other}}"),
            tuple(7, "{{#tlh}}"),
            tuple(8, "{{^ danish }}"));
    assertThat(faults)
        .extracting(Template.Fault::must)
        .contains(
            "name only what there is: direction, head, language, links, logo, main, title",
            "have sections only of what there is: ar, de, en, es, fr, ja, ko, pt, waiting,"
                + " zh-Hans");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <script>a</script>               | <script>
          <p style='color: red'>           | style="color: red"
          <p onclick="a()">                | onclick="a()"
          <a href='javascript:a()'>        | href="javascript:a()"
          <img alt src=https://a.example/> | src="https://a.example/"
          <img srcset="/a.png 2x">         | srcset="/a.png 2x"
          <link rel=stylesheet href=/a>    | <link>
          <iframe src></iframe>            | <iframe>
          <base href="/a">                 | <base>
          <FORM action="https://a.example">| <form>
          <button formaction=/a>           | formaction="/a"
          <meta http-equiv=refresh>        | http-equiv="refresh"
          <main>                           | <main>
          <p id="place">                   | id="place"
          <p id=tab>                       | id="tab"
          <style>p { background: url( '/a') }</style> | url( '
          <style>@import "/a";</style>     | @import
          <style>p { color: {{title}} }</style> | a variable in it
          {{=<% %>=}}                      | {{=<% %>=
          """)
  void whatThePolicyOrUshersOwnPartsWouldNotBearIsSaidWithItsLine(String markup, String has) {
    assertThat(Template.faults(inBody("<p>\n" + markup)))
        .as(markup)
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.has()).isEqualTo(has);
              assertThat(fault.line()).isEqualTo(8);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <template>a</template>           | <template>
          <noscript>a</noscript>           | <noscript>
          <textarea>a</textarea>           | <textarea>
          <title>a</title>                 | <title>
          <meta name=Referrer content=unsafe-url> | name="Referrer"
          <a referrerpolicy="unsafe-url">  | referrerpolicy="unsafe-url"
          """)
  void whatWouldHideAPartOrTellOfTheAddressIsSaidWithItsLine(String markup, String has) {
    assertThat(Template.faults(inBody("<p>\n" + markup)))
        .as(markup)
        .singleElement()
        .extracting(Template.Fault::line, Template.Fault::has)
        .containsExactly(8, has);
  }

  @Test
  void whatIsHarmlessPasses() {
    assertThat(
            Template.faults(
                inBody(
                    """
                    <!-- <script> and {{! <form> }} -->
                    <style media="print">.a { fill: url(#g) }
                    .b::after { content: "<script>" }</style>
                    <svg id="g" class="onclick"><a href="#g" target="_blank">style = one</a></svg>
                    <svg><title>Our house</title></svg>
                    """)))
        .isEmpty();
  }

  private static String upsideDown(String whole) {
    return "<!doctype html>\n<html lang=\"{{language}}\" dir=\"{{direction}}\">\n"
        + whole.substring(whole.indexOf("<body>"), whole.indexOf("</html>"))
        + "<head>{{{head}}}</head>\n</html>\n";
  }

  @Test
  void whatMustBeThereIsAskedForInEveryLanguage() {
    String whole = inBody("");
    String head = "have {{{head}}} once, between <head> and </head>";
    String main = "have {{{main}}} once, after the head, between <body> and </body>";
    String html = "have <html lang=\"{{language}}\" dir=\"{{direction}}\">";
    Map<String, String> musts =
        Map.of(
            whole.replace("{{{head}}}", ""), head,
            whole.replace("{{{head}}}", "{{{head}}}{{{head}}}"), head,
            whole.replace("{{{head}}}", "").replace("<body>", "<body>{{{head}}}"), head,
            whole.replace("{{{main}}}", ""), main,
            upsideDown(whole), main,
            whole.replace("{{{main}}}", "{{#waiting}}{{{main}}}{{/waiting}}"), main,
            whole.replace(" lang=\"{{language}}\"", ""), html,
            whole.replace("{{direction}}", "ltr"), html,
            whole.replace("{{language}}", "en"), html,
            whole.replace("<!doctype html>", ""), "begin with <!doctype html>");
    musts.forEach(
        (template, must) ->
            assertThat(Template.faults(template))
                .as(template)
                .extracting(Template.Fault::must)
                .containsExactly(must));
    assertThat(Template.faults(whole.replace("{{{main}}}", "{{^ar}}{{{main}}}{{/ar}}")))
        .singleElement()
        .extracting(Template.Fault::has)
        .isEqualTo("this otherwise in the language ar");
  }

  @Test
  void aSectionThatIsNotEndedIsAFault() {
    assertThat(Template.faults(inBody("{{#en}} Hello")))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.must()).isEqualTo("be a template of Mustache");
              assertThat(fault.has()).contains("en");
            });
  }

  @Test
  void theSameFileIsTheSameTemplate() {
    Template one = Template.of(inBody("a"));
    assertThat(one).isEqualTo(Template.of(inBody("a"))).hasSameHashCodeAs(Template.of(inBody("a")));
    assertThat(one).isNotEqualTo(Template.of(inBody("b")));
  }
}
