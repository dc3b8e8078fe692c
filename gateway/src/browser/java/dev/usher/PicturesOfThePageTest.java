package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.usher.page.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of docs/accessibility.md, where {@code -Dusher.pictures} names their folder. */
class PicturesOfThePageTest extends PlayInBrowser {
  private static final int BYTES_MAX = 60_000;

  @TempDir private static Path folder = Path.of(".");
  private static Previews previews;

  @BeforeAll
  static void open() {
    previews = Previews.of(folder, "{title: City Concert 2027}");
  }

  private static Browser.NewContextOptions phone(ColorScheme scheme) {
    return new Browser.NewContextOptions()
        .setViewportSize(390, 844)
        .setDeviceScaleFactor(2)
        .setColorScheme(scheme);
  }

  private static Browser.NewContextOptions desktop(ColorScheme scheme) {
    return new Browser.NewContextOptions()
        .setViewportSize(1100, 760)
        .setDeviceScaleFactor(1.5)
        .setColorScheme(scheme);
  }

  @Test
  void theyAreTakenFromTheRealPageAndSmall() throws IOException {
    picture("phone-light", phone(ColorScheme.LIGHT), "waiting", Language.ENGLISH);
    picture("phone-korean", phone(ColorScheme.LIGHT), "waiting", Language.KOREAN);
    picture("phone-arabic-dark", phone(ColorScheme.DARK), "waiting", Language.ARABIC);
    picture("phone-full", phone(ColorScheme.LIGHT), "notice-full", Language.ENGLISH);
    picture("desktop-light", desktop(ColorScheme.LIGHT), "waiting", Language.ENGLISH);
    picture("desktop-dark", desktop(ColorScheme.DARK), "turn", Language.ENGLISH);
  }

  // Rule zero: what differs between pictures.
  private static void picture(
      String name, Browser.NewContextOptions options, String state, Language language)
      throws IOException {
    options.setLocale(language.tag()).setTimezoneId("Europe/London");
    try (BrowserContext context = context(options)) {
      // As if the visitor had joined behind 5,000 others, and had ticked the box if it is the turn.
      // The preview gives each state a number of its own.
      context.addInitScript(
          "localStorage.setItem('usher-first-concert', '1.%d 5000')"
              .formatted(state.hashCode() & 0xffff));
      if (state.equals("turn")) {
        context.addInitScript("localStorage.setItem('usher-hold', 'yes')");
      }
      Page page = context.newPage();
      page.clock().install(new Clock.InstallOptions().setTime("2027-06-12T08:41:00Z"));
      page.navigate(previews.url(state, language));
      if (!state.startsWith("notice-")) {
        page.clock().fastForward(2000);
        page.evaluate("window.dispatchEvent(new Event('online'))");
        assertThat(page.locator("#updated")).isVisible();
      }
      byte[] webp = webp(context, page);
      assertThat(webp).as(name).hasSizeLessThan(BYTES_MAX);
      String kept = System.getProperty("usher.pictures");
      if (kept != null) {
        Path root = Path.of("..").resolve(kept);
        Files.createDirectories(root);
        Files.write(root.resolve(name + ".webp"), webp);
      }
    }
  }

  private static byte[] webp(BrowserContext context, Page page) {
    JsonObject how = new JsonObject();
    how.addProperty("format", "webp");
    how.addProperty("quality", 80);
    JsonObject taken = context.newCDPSession(page).send("Page.captureScreenshot", how);
    return Base64.getDecoder().decode(taken.get("data").getAsString());
  }
}
