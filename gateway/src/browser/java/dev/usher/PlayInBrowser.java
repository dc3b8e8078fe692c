package dev.usher;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Plays in a real browser, which is one for all plays of a class. */
@Tag("browser")
abstract class PlayInBrowser {
  /** How long the browser may take for what is expected of it, as the machine may be busy. */
  private static final double PATIENCE_MILLIS = 60_000;

  private static Browsing browsing;

  @BeforeAll
  static void openBrowser() {
    browsing = new Browsing();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  @AfterAll
  static void closeBrowser() {
    browsing.close();
  }

  /** A visitor's browser of this size, language and the like, with nothing in it. */
  protected static BrowserContext context(Browser.NewContextOptions options) {
    return context(options, PATIENCE_MILLIS);
  }

  protected static BrowserContext context(Browser.NewContextOptions options, double patience) {
    BrowserContext context = browsing.browser().newContext(options);
    context.setDefaultTimeout(patience);
    return context;
  }
}
