package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.usher.forecast.WaitRange;
import dev.usher.page.Choice;
import dev.usher.page.Language;
import dev.usher.page.Look;
import dev.usher.page.PlaceJson;
import dev.usher.page.Standing;
import dev.usher.page.WaitingPage;
import dev.usher.sale.Countdown;
import dev.usher.sale.Opening;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long it takes, said by the page's script as by the server that sent the page. */
class WaitInBrowserTest extends PlayInBrowser {
  /** Nobody listens there: all that the page asks for is answered by the play. */
  private static final String URL = "http://localhost:1/seats";

  /** Around each step of rounding, to the millisecond; the last cannot be told. */
  private static final long[][] RANGES = {
    {0, 1},
    {0, 60_000},
    {0, 60_001},
    {59_999, 119_999},
    {60_000, 120_001},
    {299_999, 480_001},
    {300_000, 479_999},
    {479_999, 480_000},
    {1_140_000, 1_199_999},
    {1_199_999, 1_200_000},
    {1_200_000, 1_200_001},
    {1_200_001, 1_500_000},
    {1_499_999, 1_500_001},
    {3_000_000, 4_500_000},
    {}
  };

  private static final Countdown SALE =
      new Countdown(
          new Opening(
              0, 1, "2030-06-12T08:00:00Z", LocalDate.of(2030, 6, 12), "10:00 (Europe/Berlin)"),
          3_600_000);


  private static Standing standing(long[] range, @Nullable Countdown opening) {
    WaitRange told = range.length == 0 ? null : new WaitRange(range[0], range[1]);
    return new Standing(
        Standing.State.WAITING, 3, 600_000, Standing.Halt.NONE, opening, false, "", told);
  }

  private static void fulfil(Route route, byte[] body, String type) {
    route.fulfill(
        new Route.FulfillOptions().setBodyBytes(body).setContentType(type + "; charset=utf-8"));
  }

  @ParameterizedTest
  @EnumSource
  void theScriptSaysTheVeryWordsOfTheServerInEveryLanguage(Language language) {
    WaitingPage pages = new WaitingPage("concert", "City Concert 2027", Look.PLAIN);
    PlaceJson json = new PlaceJson("concert");
    WaitingPage.View view = new WaitingPage.View(new Choice(language, false), null, null);
    Standing[] told = {standing(new long[0], null)};
    Browser.NewContextOptions options = new Browser.NewContextOptions().setLocale(language.tag());
    try (BrowserContext context = context(options)) {
      context.route("**/seats", route -> fulfil(route, pages.write(told[0], view), "text/html"));
      context.route(
          "**/_usher/place*", route -> fulfil(route, json.write(told[0]), "application/json"));
      context.route(
          "**/_usher/stream*",
          route -> route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}")));
      Page page = context.newPage();
      page.clock().install();
      for (Countdown opening : new Countdown[] {null, SALE}) {
        Set<String> said = new HashSet<>();
        for (long[] range : RANGES) {
          told[0] = standing(range, opening);
          said.add(saidTwice(page));
        }
        assertThat(said).hasSizeBetween(8, RANGES.length).noneMatch(words -> words.contains("{"));
      }
    }
  }

  /** What the server says, once the script has said the same. */
  private static String saidTwice(Page page) {
    page.navigate(URL);
    String served = page.locator("#wait").textContent();
    // So that it is known to be the script's own.
    page.evaluate("document.getElementById('wait').textContent = '?'");
    page.clock().fastForward(2000);
    page.evaluate("window.dispatchEvent(new Event('online'))");
    assertThat(page.locator("#updated")).isVisible();
    assertThat(List.of(page.locator("#wait").textContent(), page.locator("#wait").isHidden()))
        .isEqualTo(List.of(served, served.isEmpty()));
    return served;
  }
}
