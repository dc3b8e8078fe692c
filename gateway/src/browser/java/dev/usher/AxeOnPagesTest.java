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
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages under the rules of axe. */
class AxeOnPagesTest extends PlayInBrowser {
  @TempDir private static Path folder = Path.of(".");
  private static Previews previews;

  @BeforeAll
  static void open() {
    previews = Previews.forEveryone(folder);
  }

  @ParameterizedTest
  @EnumSource
  void axeFindsNothingInAnyStateOrLanguageAndNeitherInTheDark(Language language) {
    Browser.NewContextOptions size = new Browser.NewContextOptions().setViewportSize(390, 844);
    try (BrowserContext context = context(size)) {
      Page page = context.newPage();
      for (String state : previews.states()) {
        page.navigate(previews.url(state, language));
        whatItMeetsIsShown(page, state);
        for (ColorScheme scheme : themes(language)) {
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
          assertThat(axe(page))
              .as("%s in %s, %s", state, language, scheme)
              .isEmpty();
        }
      }
    }
  }

  /** Some states are not what the page comes with, but what it finds when it asks. */
  private static void whatItMeetsIsShown(Page page, String state) {
    if (List.of("too-busy", "no-connection", "cookies-blocked").contains(state)) {
      assertThat(page.locator("#place")).not().hasText(Pattern.compile(".*1,?240.*"));
    }
  }

  /** Colours do not depend on the words: in English both themes are seen, in others one by turns. */
  private static List<ColorScheme> themes(Language language) {
    List<ColorScheme> both = List.of(ColorScheme.LIGHT, ColorScheme.DARK);
    return language == Language.ENGLISH ? both : List.of(both.get(language.tag().charAt(0) % 2));
  }

  /** In one page, as there is no frame: much quicker. */
  static List<?> axe(Page page) {
    return new AxeBuilder(page).setLegacyMode(true).analyze().getViolations();
  }
}
