package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page does when the turn has come, in a real browser. */
final class TurnInBrowserTest extends FullHouseInBrowser {
  /** An ear: says each note that begins, and whether it can be heard. */
  private static final String EAR =
      "const start = OscillatorNode.prototype.start;"
          + " OscillatorNode.prototype.start = function (when) {"
          + " console.log('note ' + this.frequency.value + ' ' + this.context.state);"
          + " return start.call(this, when); }";

  private static final List<String> TWO = List.of("note 660 running", "note 880 running");

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final List<String> claims = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  TurnInBrowserTest() {
    super("{poll: {min: 1s, max: 1s}, offer: 2s}", 150_000);
  }

  private BrowserContext context() {
    BrowserContext context = english();
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
    Page page = visit(context);
    assertThat(page.locator("#updated")).isVisible();
    return page;
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
      Guest rival = stage.guest(gateway.port()).comesIn("/");
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
      // In one, as the page goes on with whatever it hears next once it is looked at.
      page.evaluate(
          "sessionStorage.setItem('away', 'no');"
              + " document.dispatchEvent(new Event('visibilitychange'))");
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
