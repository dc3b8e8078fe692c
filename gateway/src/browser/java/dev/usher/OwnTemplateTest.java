package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.usher.page.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of docs/examples in a real browser: what an operator's own template may look like. */
class OwnTemplateTest extends PlayInBrowser {
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "page.mustache");

  @TempDir private static Path folder = Path.of(".");
  private static Previews previews;

  @BeforeAll
  static void open() {
    String page =
        "{template: '%s', light: {accent: '#0a5c36'}, dark: {accent: '#7fd4a8'}, links: [%s]}"
            .formatted(EXAMPLE.toAbsolutePath(), "{label: Opening hours, url: /hours}");
    previews = Previews.of(folder, "{title: City Concert, page: " + page + "}");
  }

  /** In languages of both directions and of wide letters; what words do, our own page shows. */
  @ParameterizedTest
  @EnumSource(names = {"ENGLISH", "ARABIC", "JAPANESE"})
  void itIsSoundInEveryStateAndItsStyleIsAllowedAndTheScriptRuns(Language language) {
    Browser.NewContextOptions options = new Browser.NewContextOptions().setViewportSize(320, 640);
    try (BrowserContext context = context(options)) {
      Page page = context.newPage();
      List<String> complaints = new ArrayList<>();
      page.onConsoleMessage(
          message -> {
            if (message.text().contains("Content Security Policy")) {
              complaints.add(message.text());
            }
          });
      page.onPageError(complaints::add);
      for (String state : previews.states()) {
        String what = state + " in " + language;
        page.navigate(previews.url(state, language));
        boolean dark = state.length() % 2 == 0;
        page.emulateMedia(
            new Page.EmulateMediaOptions()
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
        assertThat(page.locator("header.band"))
            .hasCSS("border-bottom-color", "rgb(200, 16, 46)");
        if (!state.startsWith("notice-")) {
          assertThat(page.locator("#alive")).isVisible();
        }
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
            .as(what)
            .isEmpty();
        assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
            .as(what)
            .isLessThanOrEqualTo(320);
        assertThat(complaints).as(what).isEmpty();
      }
    }
  }
}
