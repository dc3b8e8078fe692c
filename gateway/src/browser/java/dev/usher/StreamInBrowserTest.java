package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How the waiting page hears how its visitor stands, or goes on to ask, in a real browser. */
final class StreamInBrowserTest extends FullHouseInBrowser {
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Visitors of this room are told to ask seldom, so that what comes soon came by the stream. */
  StreamInBrowserTest() {
    super("{poll: {min: 1m, max: 1m}, offer: 2m}", 150_000);
  }

  private BrowserContext context() {
    BrowserContext context = english();
    context.onRequest(this::note);
    return context;
  }

  private void note(Request request) {
    if (request.url().contains("/_usher/")) {
      asked.add(request.method() + request.url().replaceAll(".*/_usher/|\\?.*", " ").stripTrailing());
    }
  }

  private long streams() {
    return asked.stream().filter("GET stream"::equals).count();
  }

  private int openStreams() {
    String metrics = new Operator(gateway).reads("/metrics").body();
    return metrics
        .lines()
        .filter(line -> line.startsWith("usher_open_streams "))
        .mapToInt(line -> (int) Double.parseDouble(line.split(" ", -1)[1]))
        .sum();
  }

  @Test
  void whatIsNewComesByTheStreamAndSoDoesTheTurn() {
    try (BrowserContext context = context()) {
      // Whatever is told to this browser comes by its stream.
      context.route("**/_usher/place*", Route::abort);
      Page page = visit(context);
      until(page, "a stream is open", () -> openStreams() == 1);
      new Operator(gateway).does("message", new JsonObject().put("message", "Back at nine"));
      assertThat(page.locator("#place")).hasText(Pattern.compile(".*Back at nine.*"));
      assertThat(page.locator("#updated")).hasText(Pattern.compile("Checked at .*"));
      leaves(inside);
      assertThat(page.locator("body")).hasText("in");
      assertThat(asked).contains("POST claim");
    }
    Stage.until("nobody listens any more", () -> openStreams() == 0);
  }

  @Test
  void whereAStreamIsRefusedThePageAsks() {
    try (BrowserContext context = context()) {
      context.route(
          "**/_usher/stream*",
          route -> route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}")));
      Page page = visit(context);
      until(page, "it asks", () -> asked.contains("GET place"));
      assertThat(page.locator("#updated")).hasText(Pattern.compile("Checked at .*"));
      leaves(inside);
      Stage.until(
          "the next is called", () -> new Operator(gateway).room().encode().contains("called"));
      page.evaluate("window.dispatchEvent(new Event('online'))");
      assertThat(page.locator("body")).hasText("in");
    }
  }

  @Test
  void aStreamThatDiesWithoutAWordIsNoticedAndAnotherIsOpened() throws IOException {
    try (Silence silence = new Silence(gateway.port());
        BrowserContext context = context()) {
      url = url.replace(":" + gateway.port(), ":" + silence.port());
      Page page = visit(context);
      until(page, "a stream is open", () -> openStreams() == 1);
      silence.beginAmongThoseOpen();
      until(page, "the page asks", () -> asked.contains("GET place"));
      until(page, "it listens anew", () -> streams() == 2);
      new Operator(gateway).does("message", new JsonObject().put("message", "Back at nine"));
      assertThat(page.locator("#place")).hasText(Pattern.compile(".*Back at nine.*"));
    }
  }

  /** Its clock stands still from then on, so that it is no timer of the page that opens it. */
  @Test
  void aPageThatSleptOpensAnotherStreamOnceTheNetworkIsBack() throws IOException {
    try (Silence silence = new Silence(gateway.port());
        BrowserContext context = context()) {
      url = url.replace(":" + gateway.port(), ":" + silence.port());
      String waiting = "{\"state\":\"waiting\",\"ahead\":0,\"retryAfterSeconds\":60.0}";
      context.route(
          "**/_usher/place*",
          route -> route.fulfill(new Route.FulfillOptions().setBody(waiting)));
      context.clock().install();
      Page page = visit(context);
      until(page, "a stream is open", () -> openStreams() == 1);
      silence.beginAmongThoseOpen();
      long asleep = Duration.ofSeconds(30).toMillis();
      page.clock().pauseAt(((Number) page.evaluate("Date.now()")).longValue() + asleep);
      assertThat(streams()).isEqualTo(1);
      page.evaluate("window.dispatchEvent(new Event('online'))");
      until(page, "it listens anew", () -> streams() == 2);
    }
  }

  @Test
  void withoutANetworkThePageSaysSoAndListensOnceItIsBack() {
    try (BrowserContext context = context()) {
      Page page = visit(context);
      until(page, "a stream is open", () -> openStreams() == 1);
      context.setOffline(true);
      assertThat(page.locator("#place")).hasText(Pattern.compile("No connection since .*"));
      context.setOffline(false);
      assertThat(page.locator("#place")).hasText("You are next.");
      // What comes from now on comes by the stream.
      context.route("**/_usher/place*", Route::abort);
      until(page, "a stream is open", () -> openStreams() == 1);
      new Operator(gateway).does("message", new JsonObject().put("message", "Back at nine"));
      assertThat(page.locator("#place")).hasText(Pattern.compile(".*Back at nine.*"));
    }
  }

  @Test
  void anotherTabListensInPlaceOfOneThatSleeps() {
    try (BrowserContext context = context()) {
      Page first = visit(context);
      until(first, "a stream is open", () -> openStreams() == 1);
      Page second = visit(context);
      new Operator(gateway).does("message", new JsonObject().put("message", "Back at nine"));
      assertThat(second.locator("#place")).hasText(Pattern.compile(".*Back at nine.*"));
      CDPSession ofFirst = context.newCDPSession(first);
      // As a browser lets a tab sleep: its script stops with the next event that comes.
      ofFirst.send("Debugger.enable");
      ofFirst.send("Debugger.pause");
      until(second, "the second listens", () -> streams() == 2);
      new Operator(gateway).does("message", new JsonObject().put("message", "Back at ten"));
      assertThat(second.locator("#place")).hasText(Pattern.compile(".*Back at ten.*"));
      ofFirst.send("Debugger.disable");
      until(second, "one stream is left", () -> openStreams() == 1);
      new Operator(gateway).does("message", new JsonObject().put("message", "Back at eleven"));
      for (Page page : List.of(first, second)) {
        assertThat(page.locator("#place")).hasText(Pattern.compile(".*Back at eleven.*"));
      }
    }
  }

  @Test
  void allTabsOfABrowserHearOneStream() {
    try (BrowserContext context = context()) {
      context.route("**/_usher/place*", Route::abort);
      Page first = visit(context);
      until(first, "a stream is open", () -> openStreams() == 1);
      Page second = visit(context);
      new Operator(gateway).does("message", new JsonObject().put("message", "Back at nine"));
      assertThat(first.locator("#place")).hasText(Pattern.compile(".*Back at nine.*"));
      assertThat(second.locator("#place")).hasText(Pattern.compile(".*Back at nine.*"));
      assertThat(streams()).isEqualTo(1);
      // The one that listens is closed: the other does so instead.
      first.close();
      until(second, "the second listens", () -> streams() == 2);
      new Operator(gateway).does("message", new JsonObject().put("message", "Back at ten"));
      assertThat(second.locator("#place")).hasText(Pattern.compile(".*Back at ten.*"));
    }
  }
}
