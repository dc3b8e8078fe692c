package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An evening as an open page shows it: what operators set, and what people do with their tabs. */
final class EveningInBrowserTest extends FullHouseInBrowser {
  EveningInBrowserTest() {
    super("{title: 'City Concert 2027'}", 60_000);
  }

  private Page opened(BrowserContext context) {
    Page page = visit(context);
    assertThat(page.locator("#place")).hasText("You are next.");
    assertThat(page.locator("#updated")).isVisible();
    return page;
  }

  private Operator operator() {
    return new Operator(gateway);
  }

  private static void shows(Page page, String words) {
    assertThat(page.locator("#place")).hasText(Pattern.compile(words));
  }

  private void sets(String verb, Map<String, Object> body) {
    operator().does(verb, new JsonObject(body));
  }

  @Test
  void whatAnOperatorSetsIsShownByAnOpenPageAndSoIsItsEnd() {
    try (BrowserContext context = english()) {
      Page page = opened(context);
      sets("pause", Map.of("message", "Back at 20:15"));
      shows(page, "Admissions are paused for the moment.* “Back at 20:15”.*");
      assertThat(page.locator("#wait")).isHidden();
      leaves(inside);
      sets("sold-out", Map.of());
      shows(page, "Everything is sold out.*");
      sets("sold-out", Map.of("soldOut", false));
      shows(page, "Admissions are paused.*");
      sets("resume", Map.of());
      assertThat(page.locator("body")).hasText("in");
    }
  }

  @Test
  void aLimitIsSaid() {
    try (BrowserContext context = english()) {
      Page page = opened(context);
      sets("limit", Map.of("perMinute", 1));
      shows(page, "You are next\\. The organiser limits how many people come in\\.");
      operator().does("limit", new JsonObject().putNull("perMinute"));
      shows(page, "You are next\\.");
    }
  }

  @Test
  void whoGivesUpInOneTabIsToldSoInTheOther() {
    try (BrowserContext context = english()) {
      Page first = opened(context);
      String place = first.locator("main").getAttribute("data-place");
      Page second = opened(context);
      second.locator("summary", new Page.LocatorOptions().setHasText("Give up my place")).click();
      second.locator("form[action*=leave] button").click();
      assertThat(second.locator("h1")).hasText(Pattern.compile("You gave up your place.*"));
      // It loads itself anew, as somebody who comes again: at the end of the line.
      assertThat(first.locator("main")).not().hasAttribute("data-place", place);
    }
  }

  @Test
  void backAndASecondTabAndReloadingShowTheSamePlace() {
    try (BrowserContext context = english()) {
      Page page = opened(context);
      String place = page.locator("main").getAttribute("data-place");
      page.reload();
      assertThat(page.locator("main")).hasAttribute("data-place", place);
      assertThat(opened(context).locator("main")).hasAttribute("data-place", place);
      page.navigate("about:blank");
      page.goBack();
      assertThat(page.locator("main")).hasAttribute("data-place", place);
      shows(page, "You are next\\.");
      assertThat(operator().room().getLong("waiting")).isEqualTo(1);
    }
  }

  /** As a browser lets a tab sleep: its script stops with the next event that comes. */
  @Test
  void aFrozenTabMissesItsTurnAndGoesInWhenItWakes() {
    try (BrowserContext context = english()) {
      Page page = opened(context);
      CDPSession browser = context.newCDPSession(page);
      browser.send("Debugger.enable");
      browser.send("Debugger.pause");
      long before = operator().room().getLong("called");
      leaves(inside);
      Stage.until("the turn has come", () -> operator().room().getLong("called") > before);
      browser.send("Debugger.disable");
      assertThat(page.locator("body")).hasText("in");
    }
  }

  @Test
  void aGatewayThatIsTooBusyIsNotTakenForALostNetwork() {
    try (BrowserContext context = english()) {
      boolean[] busy = {true};
      context.route("**/_usher/stream*", Route::abort);
      context.route(
          "**/_usher/place*",
          route -> {
            if (busy[0]) {
              route.fulfill(
                  new Route.FulfillOptions()
                      .setStatus(503)
                      .setHeaders(Map.of("Retry-After", "2"))
                      .setBody("{}"));
            } else {
              route.resume();
            }
          });
      Page page = context.newPage();
      page.navigate(url);
      shows(page, "The site is too busy to answer at the moment\\. Your place is kept.*");
      busy[0] = false;
      shows(page, "You are next\\.");
    }
  }

  @Test
  void untilTheOpeningAClockRunsByUshersTimeWhateverTheDeviceThinks() {
    try (BrowserContext context = english()) {
      context.route("**/_usher/stream*", Route::abort);
      String place =
          "{\"state\":\"waiting\",\"ahead\":4,\"opensAt\":\"2030-06-12T08:00:00Z\","
              + "\"opensInSeconds\":%d,\"retryAfterSeconds\":600}";
      long[] left = {3725};
      context.route(
          "**/_usher/place*",
          route -> route.fulfill(new Route.FulfillOptions().setBody(place.formatted(left[0]))));
      Page page = context.newPage();
      // A clock of its own, years off.
      page.clock().install();
      page.navigate(url);
      page.clock().pauseAt(((Number) page.evaluate("Date.now()")).longValue() + 60_000);
      page.evaluate("window.dispatchEvent(new Event('online'))");
      assertThat(page.locator("#left")).hasText("It begins in 1:02:05.");
      page.clock().runFor(6000);
      assertThat(page.locator("#left")).hasText("It begins in 1:01:59.");
      left[0] = 2;
      page.evaluate("window.dispatchEvent(new Event('online'))");
      assertThat(page.locator("#left")).hasText("It begins in 0:00:02.");
      page.clock().runFor(3000);
      assertThat(page.locator("#left")).isHidden();
      // A day off, the date is enough.
      left[0] = 100_000;
      page.evaluate("window.dispatchEvent(new Event('online'))");
      shows(page, "The sale has not begun yet.*");
      assertThat(page.locator("#left")).isHidden();
    }
  }

  @Test
  void whoLoadsThePageAnewIsNotToldOfMorePeopleThanTheStreamToldOf() {
    try (BrowserContext context = english()) {
      stage.guest(gateway.port()).opens("/");
      stage.guest(gateway.port()).opens("/");
      Page page = context.newPage();
      page.navigate(url);
      shows(page, "2 people are ahead of you\\.");
      page.evaluate(
          "localStorage['usher-first-concert'] ="
              + " document.querySelector('main').dataset.place + ' 9 0'");
      page.reload();
      shows(page, "You are next\\.");
      assertThat(page.locator("#gone")).hasText(Pattern.compile("9 people before you .*"));
    }
  }

  /** The tab that came first listens for both; it was opened with another ticket. */
  @Test
  void aTabIsNotToldOfThePlaceThatAnotherTabListensFor() {
    try (BrowserContext context = english();
        BrowserContext elsewhere = english()) {
      Page first = opened(context);
      stage.guest(gateway.port()).opens("/");
      Page later = elsewhere.newPage();
      later.navigate(url);
      shows(later, "2 people are ahead of you\\.");
      context.clearCookies();
      context.addCookies(
          elsewhere.cookies().stream()
              .map(
                  kept ->
                      new com.microsoft.playwright.options.Cookie(kept.name, kept.value).setUrl(url))
              .toList());
      Page second = context.newPage();
      second.navigate(url);
      shows(second, "2 people are ahead of you\\.");
      sets("message", Map.of("message", "Back at nine"));
      shows(first, "You are next\\..*Back at nine.*");
      shows(second, "2 people are ahead of you\\..*Back at nine.*");
    }
  }
}
