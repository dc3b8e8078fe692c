package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Plays of a real browser before a gateway whose one place is taken. */
abstract class FullHouseInBrowser extends PlayInBrowser {
  @TempDir private Path folder = Path.of(".");
  private final String room;
  private final double patience;
  protected Stage stage;
  protected Gateway gateway;

  /** Who has the place. */
  protected Guest inside;

  /** What visitors ask for. */
  protected String url;

  /**
   * @param room the settings of the room
   * @param patience how long the browser may take for what is expected of it, in milliseconds
   */
  FullHouseInBrowser(String room, double patience) {
    this.room = room;
    this.patience = patience;
  }

  @BeforeEach
  final void theHouseIsFull() {
    PlaywrightAssertions.setDefaultAssertionTimeout(patience);
    stage = new Stage(folder);
    gateway = stage.gateway(Stage.shop(stage.pod(), 1) + "rooms: {concert: " + room + "}");
    inside = stage.guest(gateway.port()).comesIn("/");
    Stage.untilFull(() -> stage.guest(gateway.port()));
    url = "http://127.0.0.1:" + gateway.port() + "/seats?row=7";
  }

  @AfterEach
  final void clear() {
    stage.close();
  }

  /** A browser of its own, in English. */
  protected final BrowserContext english() {
    return context(new Browser.NewContextOptions().setLocale("en"), patience);
  }

  /** What the visitor asked for, in a new tab. */
  protected final Page visit(BrowserContext context) {
    Page page = context.newPage();
    page.navigate(url);
    return page;
  }

  /** Waits on the browser's thread, where its events come in. */
  protected final void until(Page page, String what, BooleanSupplier condition) {
    page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(patience));
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }

  protected final void leaves(Guest guest) {
    assertThat(guest.posts("/_usher/leave").status()).isEqualTo(200);
  }
}
