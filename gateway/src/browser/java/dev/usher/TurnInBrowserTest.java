package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page does when the turn has come, in a real browser. */
@Tag("browser")
class TurnInBrowserTest {
  private static final double PATIENCE = 150_000;

  /** An ear: says each note that begins, and whether it can be heard. */
  private static final String EAR =
      "const start = OscillatorNode.prototype.start;"
          + " OscillatorNode.prototype.start = function (when) {"
          + " console.log('note ' + this.frequency.value + ' ' + this.context.state);"
          + " return start.call(this, when); }";

  private static final List<String> TWO = List.of("note 660 running", "note 880 running");

  private static Browsing browsing;

  @TempDir private Path folder = Path.of(".");
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final List<String> claims = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private Stage stage;
  private Guest inside;
  private int port;

  @BeforeAll
  static void open() {
    browsing = new Browsing();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  @AfterAll
  static void close() {
    browsing.close();
  }

  @BeforeEach
  void theHouseIsFull() {
    stage = new Stage(folder);
    String rooms = "rooms: {concert: {poll: {min: 1s, max: 1s}, offer: 2s}}";
    port = stage.gateway(Stage.shop(stage.pod(), 1) + rooms).port();
    inside = stage.guest(port).comesIn("/");
    Stage.untilFull(() -> stage.guest(port));
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private BrowserContext context() {
    BrowserContext context =
        browsing.browser().newContext(new Browser.NewContextOptions().setLocale("en"));
    context.setDefaultTimeout(PATIENCE);
    context.addInitScript(EAR);
    context.onConsoleMessage(
        message -> {
          if (message.text().startsWith("note")) {
            heard.add(message.text());
          }
        });
    context.onWebError(error -> faults.add(error.error()));
    context.onRequest(
        request -> {
          if (request.url().contains("/_usher/claim")) {
            claims.add(request.method());
          } else if (request.url().contains("/_usher/place")) {
            questions.add(request.method());
          }
        });
    return context;
  }

  private Page opened(BrowserContext context) {
    Page page = context.newPage();
    page.navigate("http://127.0.0.1:" + port + "/seats?row=7");
    assertThat(page.locator("#updated")).isVisible();
    return page;
  }

  /** Waits on the browser's thread, where its events come in. */
  private static void until(Page page, String what, BooleanSupplier condition) {
    page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }

  private void leaves(Guest guest) {
    assertThat(guest.posts("/_usher/leave").status()).isEqualTo(200);
  }

  @Test
  void whoMissedTheTurnPressesOnceAndComesInWithTheNextPlace() {
    try (BrowserContext context = context()) {
      Page page = opened(context);
      page.locator("#hold").check();
      leaves(inside);
      assertThat(page.locator("#go")).isVisible();
      assertThat(page.locator("#wait")).hasText(Pattern.compile("Press Continue when .*"));
      // The offer runs out, and somebody who came later is let in.
      Guest rival = stage.guest(port).comesIn("/");
      page.locator("#go").click();
      assertThat(page.locator("#place")).hasText(Pattern.compile("You are at the front.*"));
      int before = claims.size();
      until(page, "it goes on to claim", () -> claims.size() >= before + 3);
      assertThat(page.locator("#go")).isHidden();
      leaves(rival);
      assertThat(page.locator("body")).hasText("in");
    }
  }

  @Test
  void whoWishesHearsTheTurnOnceAndHeardItWhenTickingTheBox() {
    try (BrowserContext context = context()) {
      Page page = opened(context);
      page.locator("#sound").check();
      until(page, "it sounds as a test", () -> heard.equals(TWO));
      leaves(inside);
      assertThat(page.locator("body")).hasText("in");
      assertThat(heard).containsExactly(TWO.get(0), TWO.get(1), TWO.get(0), TWO.get(1));
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void itSoundsOnceForThoseWhoPressContinueToo() {
    try (BrowserContext context = context()) {
      Page page = opened(context);
      page.locator("#hold").check();
      page.locator("#sound").check();
      until(page, "it sounds as a test", () -> heard.equals(TWO));
      leaves(inside);
      until(page, "it sounds", () -> heard.size() == 4);
      assertThat(page.locator("#go")).isVisible();
      page.waitForTimeout(3000); // more than one further answer
      page.locator("#go").click();
      assertThat(page.locator("body")).hasText("in");
      assertThat(heard).hasSize(4);
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void theWishIsRememberedAndAnotherPageSoundsOnceItIsTouched() {
    try (BrowserContext context = context()) {
      Page page = opened(context);
      page.locator("#sound").check();
      until(page, "it sounds as a test", () -> heard.equals(TWO));
      page.close();
      Page another = opened(context);
      assertThat(another.locator("#sound")).isChecked();
      another.keyboard().press("Tab");
      leaves(inside);
      assertThat(another.locator("body")).hasText("in");
      assertThat(heard).hasSize(4);
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void aPageThatNobodyTouchedStaysSilent() {
    try (BrowserContext context = context()) {
      context.addInitScript(
          "if (location.protocol === 'http:') localStorage.setItem('usher-sound', 'yes')");
      Page page = opened(context);
      assertThat(page.locator("#sound")).isChecked();
      leaves(inside);
      assertThat(page.locator("body")).hasText("in");
      assertThat(heard).isEmpty();
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void inATabThatNobodyLooksAtTheVisitBeginsOnceSomebodyDoes() {
    try (BrowserContext context = context()) {
      context.addInitScript(
          "Object.defineProperty(Document.prototype, 'hidden',"
              + " {get: () => sessionStorage.getItem('away') === 'yes'})");
      Page page = opened(context);
      page.evaluate("sessionStorage.setItem('away', 'yes')");
      leaves(inside);
      assertThat(page).hasTitle(Pattern.compile("It is your turn.*"));
      assertThat(page.locator("#place")).hasText("It is your turn");
      // Each of these keeps the session.
      int before = questions.size();
      int claimed = claims.size();
      until(page, "it goes on to ask", () -> questions.size() >= before + 2);
      assertThat(claims).hasSize(claimed);
      page.evaluate("sessionStorage.setItem('away', 'no')");
      page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
      assertThat(page.locator("body")).hasText("in");
    }
  }

  @Test
  void withoutAWishNothingSounds() {
    try (BrowserContext context = context()) {
      Page page = opened(context);
      page.keyboard().press("Tab");
      assertThat(page.locator("#sound")).not().isChecked();
      leaves(inside);
      assertThat(page.locator("body")).hasText("in");
      assertThat(heard).isEmpty();
    }
  }
}
