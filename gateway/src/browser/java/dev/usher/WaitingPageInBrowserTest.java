package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.usher.page.Language;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The waiting page as people have it before them: a real gateway and a real browser. */
final class WaitingPageInBrowserTest extends FullHouseInBrowser {
  WaitingPageInBrowserTest() {
    super("{title: 'City Concert 2027'}", 40_000);
  }

  private static Browser.NewContextOptions phone() {
    return new Browser.NewContextOptions().setViewportSize(320, 640).setLocale("en");
  }

  private static BrowserContext visitor(Browser.NewContextOptions options) {
    return context(options, 30_000);
  }

  /** Other visitors who came before, so that somebody is ahead. */
  private void othersCome(int count) {
    for (int i = 0; i < count; i++) {
      stage.guest(gateway.port()).opens("/");
    }
  }

  @Test
  void whoWaitsComesToTheirPageByThemselves() {
    try (BrowserContext context = visitor(phone())) {
      Page page = visit(context);
      assertThat(page.locator("#place")).hasText("You are next.");
      assertThat(page.locator("#updated")).hasText(Pattern.compile("Checked at .*"));
      assertThat(page).hasTitle(Pattern.compile("1 – City Concert 2027.*"));
      leaves(inside);
      assertThat(page.locator("body")).hasText("in");
      assertThat(page).hasURL(url);
    }
  }

  @Test
  void theBrowserReadsThePageOutOfGzipByteForByte() {
    try (BrowserContext context = visitor(phone())) {
      Page page = context.newPage();
      Guest plain = stage.guest(gateway.port());
      plain.always("Accept-Language: en");
      Stage.until(
          "both are the same",
          () -> {
            Response response = page.navigate(url);
            assertThat(response.allHeaders()).containsEntry("content-encoding", "gzip");
            context.cookies().forEach(cookie -> plain.jar().put(cookie.name, cookie.value));
            // When to ask again differs by chance.
            return response
                .text()
                .replaceAll("(data-again|content)=\"\\d+\"", "$1")
                .equals(
                    plain
                        .opens("/seats?row=7")
                        .body()
                        .replaceAll("(data-again|content)=\"\\d+\"", "$1"));
          });
    }
  }

  @Test
  void theNumberFallsAndWhatWasWaitedForIsShown() {
    othersCome(1);
    try (BrowserContext context = visitor(phone())) {
      Page page = visit(context);
      assertThat(page.locator("#place")).hasText("1 person is ahead of you.");
      leaves(inside);
      assertThat(page.locator("#gone"))
          .hasText("1 person before you has gone in or left since you joined.");
      page.reload();
      assertThat(page.locator("#gone")).isVisible();
    }
  }

  @Test
  void whoWishesGoesInOnlyByPressingContinue() {
    try (BrowserContext context = visitor(phone())) {
      Page page = visit(context);
      page.locator("#hold").check();
      leaves(inside);
      assertThat(page.locator("#go")).isVisible();
      assertThat(page).hasTitle(Pattern.compile("It is your turn.*"));
      page.locator("#go").click();
      assertThat(page.locator("body")).hasText("in");
    }
  }

  @Test
  void withoutANetworkThePageSaysSinceWhenAndGoesOnOnceItIsBack() {
    try (BrowserContext context = visitor(phone())) {
      Page page = visit(context);
      assertThat(page.locator("#updated")).isVisible();
      context.setOffline(true);
      assertThat(page.locator("#place")).hasText(Pattern.compile("No connection since .*"));
      context.setOffline(false);
      assertThat(page.locator("#place")).hasText("You are next.");
    }
  }

  @Test
  void aQuestionThatIsNeverAnsweredIsAskedAgain() {
    try (BrowserContext context = visitor(phone())) {
      context.route("**/_usher/stream*", Route::abort);
      Page page = visit(context);
      page.route("**/_usher/place*", route -> {});
      assertThat(page.locator("#place"))
          .hasText(Pattern.compile("No connection since .*"));
      page.unroute("**/_usher/place*");
      page.route("**/_usher/place*", Route::resume);
      assertThat(page.locator("#place")).hasText("You are next.");
    }
  }

  @Test
  void withoutJavaScriptItReloadsItselfUntilTheVisitorWantsNot() {
    try (BrowserContext context = visitor(phone().setJavaScriptEnabled(false))) {
      Page page = visit(context);
      Locator refresh = page.locator("meta[http-equiv=refresh]");
      assertThat(refresh).hasCount(1);
      page.locator("noscript a").nth(1).click();
      assertThat(page).hasURL(url);
      assertThat(refresh).hasCount(0);
      leaves(inside);
      Stage.until(
          "the link leads in",
          () -> {
            page.locator("noscript a").nth(0).click();
            return page.locator("noscript").count() == 0;
          });
      assertThat(page.locator("body")).hasText("in");
    }
  }

  @Test
  void aBrowserThatKeepsNoCookiesIsToldSo() {
    try (BrowserContext context = visitor(phone())) {
      context.route(
          Pattern.compile(".*/_usher/(place|stream).*"),
          route -> route.fulfill(new Route.FulfillOptions().setBody("{\"state\":\"none\"}")));
      Page page = visit(context);
      assertThat(page.locator("#place")).hasText(Pattern.compile(".*allow cookies.*"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLanguageFitsAPhoneAndSaysTheSameWithAndWithoutItsScript(Language language) {
    othersCome(3);
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      Browser.NewContextOptions options =
          phone().setLocale(language.tag()).setColorScheme(scheme);
      try (BrowserContext context = context(options)) {
        Page page = visit(context);
        assertThat(page.locator("html")).hasAttribute("lang", language.tag());
        String served = page.locator("#place").textContent();
        String wait = page.locator("#wait").textContent();
        assertThat(page.locator("#updated")).isVisible();
        assertThat(page.locator("#place")).hasText(served);
        assertThat(page.locator("#wait")).hasText(wait);
        page.locator("details").nth(0).locator("summary").click();
        page.locator("details").last().locator("summary").click();
        int wide = (int) page.evaluate("document.documentElement.scrollWidth");
        assertThat(wide).isLessThanOrEqualTo(320);
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        context.clearCookies();
      }
    }
  }

  @Test
  void anotherLanguageIsALinkAway() {
    try (BrowserContext context = visitor(phone())) {
      Page page = visit(context);
      page.locator("details").last().locator("summary").click();
      page.locator("a[lang=ar]").click();
      assertThat(page).hasURL(url);
      assertThat(page.locator("html")).hasAttribute("dir", "rtl");
      assertThat(page.locator("#place")).hasText("أنت التالي.");
    }
  }
}
