package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ForcedColors;
import dev.usher.page.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages before people who do not see them, do not point, or need them large. */
class PageForEveryoneTest extends PlayInBrowser {
  @TempDir private static Path folder = Path.of(".");
  private static Previews previews;

  private static final long NOON = 1_812_800_400_000L;

  /** What can be pressed; the box is pressed by its label. */
  private static final String TARGETS =
      "[...document.querySelectorAll('a, button, summary, label')]"
          + ".filter(e => e.getClientRects().length)";

  private static final Locator.FilterOptions VISIBLE =
      new Locator.FilterOptions().setVisible(true);

  @BeforeAll
  static void open() {
    previews = Previews.forEveryone(folder);
  }

  private static Browser.NewContextOptions size(int width, int height) {
    return new Browser.NewContextOptions().setViewportSize(width, height);
  }

  /** What a page looks like in words that a failure shows. */
  private static List<?> list(Page page, String script) {
    return (List<?>) page.evaluate(script);
  }

  @ParameterizedTest
  @EnumSource
  void enlargedFourTimesNothingIsCutOffAndNobodyScrollsSideways(Language language) {
    // 1280 by 1024 pixels at 400 %. Then with the spacing of WCAG 1.4.12, which a reader may set.
    try (BrowserContext context = context(size(320, 256).setBypassCSP(true))) {
      Page page = context.newPage();
      for (String state : previews.states()) {
        page.navigate(previews.url(state, language));
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
        nothingIsCutOff(page, state + " in " + language);
        page.addStyleTag(
            new Page.AddStyleTagOptions()
                .setContent(
                    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
                        + " word-spacing: 0.16em !important }"
                        + " p { margin-bottom: 2em !important }"));
        nothingIsCutOff(page, state + " in " + language + ", spaced");
      }
    }
  }

  private static void nothingIsCutOff(Page page, String what) {
    assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
        .as(what)
        .isLessThanOrEqualTo(320);
    assertThat(
            list(
                page,
                "[...document.querySelectorAll('main *:not(#spoken)')]"
                    + ".filter(e => e.getClientRects().length"
                    + " && (e.scrollWidth > e.clientWidth + 1"
                    + " || e.scrollHeight > e.clientHeight + 1)"
                    + " && getComputedStyle(e).display !== 'inline'"
                    + " && getComputedStyle(e).overflow !== 'visible').map(e => e.outerHTML)"))
        .as(what)
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatCanBePressedIsAsLargeAsAFingerAndHasAName(Language language) {
    try (BrowserContext context = context(size(320, 640))) {
      Page page = context.newPage();
      for (String state : previews.states()) {
        page.navigate(previews.url(state, language));
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
        assertThat(list(page, small())).as("%s in %s", state, language).isEmpty();
      }
    }
  }

  private static String small() {
    return TARGETS
        + ".filter(e => { const r = e.getBoundingClientRect();"
        + " return r.width < 44 || r.height < 43.99 || !e.textContent.trim() })"
        + ".map(e => e.outerHTML + JSON.stringify(e.getBoundingClientRect()))";
  }

  @Test
  void withAKeyboardAloneEverythingIsReachedInOrderAndSeenAndDone() {
    try (BrowserContext context = context(size(390, 844))) {
      Page page = context.newPage();
      page.navigate(previews.url("waiting", Language.ENGLISH));
      List<String> reached = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        page.keyboard().press("Tab");
        reached.add(
            (String)
                page.evaluate("document.activeElement.id || document.activeElement.innerText"));
        assertThat((String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
            .isEqualTo("solid");
      }
      assertThat(reached)
          .containsExactly(
              "hold",
              "sound",
              "Continue in another browser",
              "Give up my place",
              "Language: English",
              "Seats");
      page.reload();
      page.keyboard().press("Tab");
      page.keyboard().press("Space");
      assertThat(page.locator("#hold")).isChecked();
      page.keyboard().press("Tab");
      page.keyboard().press("Space");
      assertThat(page.locator("#sound")).isChecked();
      page.keyboard().press("Tab");
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
      assertThat(page.locator("form[action*=leave] button")).isFocused();
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      for (int i = 0; i <= List.of(Language.values()).indexOf(Language.CHINESE); i++) {
        page.keyboard().press("Tab");
      }
      page.keyboard().press("Enter");
      assertThat(page.locator("html")).hasAttribute("lang", "zh-Hans");
    }
  }

  @Test
  void theTurnIsTakenByKeyboardAndSaidAloudOnce() {
    try (BrowserContext context = context(size(390, 844))) {
      context.addInitScript("localStorage.setItem('usher-hold', 'yes')");
      Page page = context.newPage();
      page.clock().install();
      page.navigate(previews.url("turn", Language.ENGLISH));
      List<String> asked = new ArrayList<>();
      page.onRequest(request -> asked.add(request.method() + " " + request.url()));
      page.clock().fastForward(2000);
      page.evaluate("window.dispatchEvent(new Event('online'))");
      assertThat(page.locator("#go")).isVisible();
      assertThat(page.locator("#spoken")).hasText("It is your turn");
      assertThat(AxeOnPagesTest.axe(page)).isEmpty();
      page.keyboard().press("Tab");
      assertThat(page.locator("#go")).isFocused();
      page.keyboard().press("Enter");
      assertThat(page.locator("#place")).hasText(Pattern.compile("You are at.*"));
      assertThat(asked).anyMatch(request -> request.matches("POST .*/_usher/claim.*"));
    }
  }

  @Test
  void oneRegionSpeaksPolitelyAndAtMostOnceAMinuteButNearTheFront() {
    try (BrowserContext context = context(size(390, 844))) {
      int[] ahead = {1240};
      context.route("**/_usher/stream*", Route::abort);
      context.route(
          "**/_usher/place*",
          route -> route.fulfill(new Route.FulfillOptions().setBody(waiting(ahead[0]))));
      Page page = context.newPage();
      page.clock().install(new Clock.InstallOptions().setTime(NOON));
      page.navigate(previews.url("waiting", Language.ENGLISH));
      page.clock().pauseAt(NOON + 3_600_000);
      // A timer is not read aloud by itself.
      assertThat(page.locator("[role]:not([role=timer]), [aria-live]")).hasCount(1);
      assertThat(page.locator("#spoken")).hasAttribute("role", "status");
      page.evaluate("window.dispatchEvent(new Event('online'))");
      assertThat(page.locator("#updated")).isVisible();
      page.evaluate(
          "window.said = []; new MutationObserver(() => said.push(Date.now()))"
              + ".observe(document.getElementById('spoken'),"
              + " {childList: true, characterData: true, subtree: true})");
      // Ten minutes in which the place changes every two seconds.
      for (int i = 0; i < 300; i++) {
        ahead[0] -= 3;
        isShown(page, ahead[0]);
      }
      List<?> said = list(page, "said");
      assertThat(said).hasSize(10);
      for (int i = 1; i < said.size(); i++) {
        long between = ((Number) said.get(i)).longValue() - ((Number) said.get(i - 1)).longValue();
        assertThat(between).isGreaterThanOrEqualTo(60_000);
      }
      ahead[0] = 99;
      isShown(page, 99);
      assertThat(page.locator("#spoken")).hasText("99 people are ahead of you.");
      ahead[0] = 98;
      isShown(page, 98);
      assertThat(page.locator("#spoken")).hasText("99 people are ahead of you.");
    }
  }

  /** Two seconds pass, the page asks, and shows what it is told. */
  private static void isShown(Page page, int ahead) {
    page.clock().fastForward(2000);
    page.evaluate("window.dispatchEvent(new Event('online'))");
    assertThat(page.locator("#place")).hasText("%,d people are ahead of you.".formatted(ahead));
  }

  private static String waiting(int ahead) {
    return "{\"room\":\"concert\",\"state\":\"waiting\",\"position\":%d,\"ahead\":%d,"
            .formatted(ahead + 1, ahead)
        + "\"retryAfterSeconds\":600}";
  }

  @ParameterizedTest
  @EnumSource
  void withoutJavaScriptOnlyWhatWorksIsThereAndCanBePressed(Language language) {
    try (BrowserContext context = context(size(320, 640).setJavaScriptEnabled(false))) {
      Page page = context.newPage();
      for (String state : previews.states()) {
        page.navigate(previews.url(state, language));
        String what = state + " in " + language;
        assertThat(page.locator("html")).hasAttribute("lang", language.tag());
        assertThat(page.locator("h1")).hasCount(1);
        // What only the script moves is not shown: the button, the box, the bar, the clock.
        String moved = "#go, #holds, #sounds, progress, #updated";
        assertThat(page.locator(moved).filter(VISIBLE)).hasCount(0);
        if (!state.startsWith("notice-")) {
          assertThat(page.locator("#place")).not().isEmpty();
          assertThat(page.locator("noscript a")).hasCount(2);
        }
        assertThat(list(page, small())).as(what).isEmpty();
        assertThat(
                list(
                    page,
                    "[...document.querySelectorAll('[tabindex], [onclick], a:not([href]),"
                        + " img:not([alt])')].map(e => e.outerHTML)"))
            .as(what)
            .isEmpty();
        assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
            .as(what)
            .isLessThanOrEqualTo(320);
      }
    }
  }

  @Test
  void nothingMovesAndColoursThatASystemForcesAreTaken() {
    try (BrowserContext context =
        context(size(390, 844).setForcedColors(ForcedColors.ACTIVE))) {
      Page page = context.newPage();
      for (String state : previews.states()) {
        page.navigate(previews.url(state, Language.ENGLISH));
        assertThat((int) page.evaluate("document.getAnimations().length")).isZero();
        assertThat(
                list(
                    page,
                    "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e)"
                        + ".forcedColorAdjust !== 'auto').map(e => e.outerHTML)"))
            .as(state)
            .isEmpty();
      }
    }
  }
}
