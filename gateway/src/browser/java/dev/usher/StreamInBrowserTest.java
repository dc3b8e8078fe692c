package dev.usher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the waiting page hears how its visitor stands, or goes on to ask, in a real browser. */
@Tag("browser")
class StreamInBrowserTest {
  private static final double PATIENCE = 150_000;

  private static Browsing browsing;

  @TempDir private Path folder = Path.of(".");
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Stage stage;
  private Gateway gateway;
  private Guest inside;
  private String url;

  @BeforeAll
  static void open() {
    browsing = new Browsing();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  @AfterAll
  static void close() {
    browsing.close();
  }

  /** Visitors of this room are told to ask seldom, so that what comes soon came by the stream. */
  @BeforeEach
  void theHouseIsFull() {
    stage = new Stage(folder);
    String rooms = "rooms: {concert: {poll: {min: 1m, max: 1m}, offer: 2m}}";
    gateway = stage.gateway(Stage.shop(stage.pod(), 1) + rooms);
    int port = gateway.port();
    inside = stage.guest(port).comesIn("/");
    Stage.untilFull(() -> stage.guest(port));
    url = "http://127.0.0.1:" + port + "/seats?row=7";
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private BrowserContext context() {
    BrowserContext context =
        browsing.browser().newContext(new Browser.NewContextOptions().setLocale("en"));
    context.setDefaultTimeout(PATIENCE);
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

  private Page opened(BrowserContext context) {
    Page page = context.newPage();
    page.navigate(url);
    return page;
  }

  /** Waits on the browser's thread, where its events come in. */
  private static void until(Page page, String what, java.util.function.BooleanSupplier condition) {
    page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    assertThat(condition.getAsBoolean()).as(what).isTrue();
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
      Page page = opened(context);
      until(page, "a stream is open", () -> openStreams() == 1);
      new Operator(gateway).does("message", new JsonObject().put("message", "Back at nine"));
      assertThat(page.locator("#place")).hasText(Pattern.compile(".*Back at nine.*"));
      assertThat(page.locator("#updated")).hasText(Pattern.compile("Checked at .*"));
      assertThat(inside.posts("/_usher/leave").status()).isEqualTo(200);
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
      Page page = opened(context);
      until(page, "it asks", () -> asked.contains("GET place"));
      assertThat(page.locator("#updated")).hasText(Pattern.compile("Checked at .*"));
      assertThat(inside.posts("/_usher/leave").status()).isEqualTo(200);
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
      Page page = opened(context);
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
      Page page = opened(context);
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
      Page page = opened(context);
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
      Page first = opened(context);
      until(first, "a stream is open", () -> openStreams() == 1);
      Page second = opened(context);
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
      Page first = opened(context);
      until(first, "a stream is open", () -> openStreams() == 1);
      Page second = opened(context);
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
