package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.page.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as the operator wants it, as a visitor gets it. */
@Over(Way.class)
class PageLookTest extends EveryWay {
  private static final Pattern LOGO = Pattern.compile("src=\"([^\"]+)\"");

  @TempDir private Path folder = Path.of(".");

  @Test
  void thePageShowsTheLogoWhichBrowsersMayKeep() throws IOException {
    Path logo = Files.writeString(folder.resolve("logo.svg"), "<svg xmlns='a'/>");
    int port = fullHouse("rooms: {concert: {page: {logo: '" + logo + "'}}}");
    Guest guest = guest(port);
    Reply page = guest.opens("/seats");
    assertThat(page.header("Content-Security-Policy")).contains("img-src 'self'");
    Matcher found = LOGO.matcher(page.body());
    assertThat(found.find()).isTrue();
    Reply shown = guest.fetches(found.group(1).replace("&amp;", "&"));
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body()).isEqualTo("<svg xmlns='a'/>");
    assertThat(shown.header("Content-Type")).isEqualTo("image/svg+xml");
    assertThat(shown.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(shown.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(shown.header("Content-Security-Policy")).contains("sandbox");
    assertThat(guest.fetches("/_usher/logo?room=concert&v=other").header("Cache-Control"))
        .as("another replica may have another logo for a while")
        .isEqualTo("no-store");
    assertThat(guest.posts("/_usher/logo?room=concert").status()).isEqualTo(405);
  }

  @Test
  void aPageOfTheOperatorsOwnIsAroundWhatWaitsAndWhatIsRefused() throws IOException {
    Path template =
        Files.writeString(
            folder.resolve("page.mustache"),
            Template.OURS
                .source()
                .replace("</head>", "<style>.x { color: red }</style>\n</head>")
                .replace(
                    "</body>", "<p class='x'>{{title}}{{#waiting}}, soon{{/waiting}}</p></body>"));
    String page = "page: {template: '" + template + "'}";
    int port = fullHouse("rooms: {concert: {title: Gala, waitingMax: 1, " + page + "}}");
    Reply waits = guest(port).opens("/seats");
    assertThat(waits.body()).contains("id=\"place\"", "<p class='x'>Gala, soon</p></body>");
    Stage.until("the line is full", () -> guest(port).opens("/").status() == 503);
    Reply refused = guest(port).opens("/seats");
    assertThat(refused.body()).contains("The line is full", "<p class='x'>Gala</p></body>");
    for (Reply reply : new Reply[] {waits, refused}) {
      assertThat(reply.header("Content-Security-Policy"))
          .matches(".*style-src 'sha256-[^']+' 'sha256-[^']+'; .*");
    }
  }

  @Test
  void aRoomWithoutALogoSaysSo() {
    int port = fullHouse("rooms: {concert: {}}");
    assertThat(guest(port).fetches("/_usher/logo?room=concert").status()).isEqualTo(404);
  }
}
