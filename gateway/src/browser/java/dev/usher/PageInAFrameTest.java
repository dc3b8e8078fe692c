package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The waiting page within a page of another site, in a real browser. */
class PageInAFrameTest extends PlayInBrowser {

  @TempDir private Path folder = Path.of(".");
  private Stage stage;
  private HttpServer partner;
  private volatile String framed = "";

  /** To a browser, localhost is another site than 127.0.0.1. */
  @BeforeEach
  void set() throws IOException {
    stage = new Stage(folder);
    partner = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    partner.createContext(
        "/",
        exchange -> {
          String html = "<!doctype html><title>Partner</title><iframe src='%s'>".formatted(framed);
          byte[] body = html.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    partner.start();
  }

  @AfterEach
  void clear() {
    partner.stop(0);
    stage.close();
  }

  private String origin() {
    return "http://localhost:" + partner.getAddress().getPort();
  }

  private int fullHouse(Way way, String room) {
    int port =
        stage
            .gateway(
                way.listen("") + Stage.shop(stage.pod(), 1) + "rooms: {concert: " + room + "}")
            .port();
    new Guest(way.wire(), port).comesIn("/");
    Stage.untilFull(() -> new Guest(way.wire(), port));
    return port;
  }

  private static BrowserContext context() {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions().setLocale("en").setIgnoreHTTPSErrors(true);
    return context(options);
  }

  @Test
  void whereNoCookieIsKeptTheFrameSaysSoAndTheTabThatItOffersWaits() {
    framed =
        "http://127.0.0.1:"
            + fullHouse(Way.HTTP_1, "{page: {framedBy: ['" + origin() + "']}}")
            + "/seats?row=7";
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(origin());
      FrameLocator frame = page.frameLocator("iframe");
      assertThat(frame.locator("#place"))
          .hasText(Pattern.compile("Within another site this browser does not .* new tab[.]"));
      Page tab = context.waitForPage(() -> frame.locator("#tab a").click());
      assertThat(tab).hasURL(framed);
      assertThat(tab.locator("#updated")).isVisible();
      assertThat(tab.locator("#tab")).hasCount(0);
      assertThat(tab.locator("#place")).hasText(Pattern.compile(".*(next|ahead of you)[.]"));
    }
  }

  @Test
  void aSiteThatIsNotNamedShowsNothing() {
    framed = "http://127.0.0.1:" + fullHouse(Way.HTTP_1, "{}") + "/seats";
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.waitForConsoleMessage(
          new Page.WaitForConsoleMessageOptions()
              .setPredicate(message -> message.text().contains("frame-ancestors 'self'")),
          () -> page.navigate(origin()));
      assertThat(page.frameLocator("iframe").locator("#place")).hasCount(0);
    }
  }

  @Test
  void aChoiceOutlastsThatCookiesArePartitionedOrAreNotAnyMore() {
    // Ports of one host share its cookies.
    String before = "https://127.0.0.1:" + fullHouse(Way.TLS, "{}") + "/seats";
    String room = "{cookies: {partitioned: true}}";
    String after = "https://127.0.0.1:" + fullHouse(Way.TLS, room) + "/seats";
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      isChosen(page, before, "de");
      isChosen(page, after, "fr");
      isChosen(page, before, "ja");
      assertThat(context.cookies())
          .filteredOn(cookie -> cookie.name.equals("usher-page"))
          .singleElement()
          .satisfies(cookie -> assertThat(cookie.value).isEqualTo("ja"));
    }
  }

  private static void isChosen(Page page, String url, String language) {
    page.navigate(url);
    page.locator("details").last().locator("summary").click();
    page.locator("a[hreflang=" + language + "]").click();
    assertThat(page.locator("html")).hasAttribute("lang", language);
  }

  @Test
  void aPartitionedCookieIsTheFramesOwnAndTheVisitorWaitsInIt() {
    String room =
        "{cookies: {partitioned: true}, page: {framedBy: ['%s']}}".formatted(origin());
    framed = "https://127.0.0.1:" + fullHouse(Way.TLS, room) + "/seats";
    try (BrowserContext context = context()) {
      Page page = context.newPage();
      page.navigate(origin());
      FrameLocator frame = page.frameLocator("iframe");
      assertThat(frame.locator("#updated")).isVisible();
      assertThat(frame.locator("#place")).hasText("You are next.");
      assertThat(context.cookies())
          .filteredOn(cookie -> cookie.name.equals("__Host-usher-ticket-concert"))
          .singleElement()
          .satisfies(cookie -> assertThat(cookie.partitionKey).startsWith("http://localhost"));
    }
  }
}
