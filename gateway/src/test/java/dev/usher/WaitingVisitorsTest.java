package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@Over(Way.class)
class WaitingVisitorsTest extends EveryWay {
  @Test
  void nobodyWaitsWhilePlacesAreFree() {
    int port = stage().gateway(Stage.shop(stage().pod(), 3) + "rooms: {concert: {}}").port();
    for (int i = 0; i < 3; i++) {
      Guest guest = guest(port);
      Reply reply = guest.opens("/seats");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.state()).isEqualTo("admitted");
      assertThat(reply.body()).isEqualTo("in");
      assertThat(guest.jar()).containsOnlyKeys(way().cookie("usher-pass-concert"));
    }
    assertThat(guest(port).opens("/seats").state()).isEqualTo("waiting");
  }

  @Test
  void atCapacityTheNextVisitorGetsThePage() {
    int port = fullHouse("rooms: {concert: {title: '<b>City</b> Concert'}}");
    Guest guest = guest(port);
    Reply reply = guest.opens("/seats");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(reply.state()).isEqualTo("waiting");
    assertThat(reply.body())
        .contains("You are in the line for &lt;b&gt;City&lt;/b&gt; Concert", "You are next.")
        .doesNotContain("<b>");
    assertThat(reply.cookie(way().cookie("usher-ticket-concert")))
        .contains("; Path=/", "; HttpOnly", "; Max-Age=")
        .contains(way().wire().secure() ? "; Secure; HttpOnly; SameSite=None" : "; SameSite=Lax")
        .doesNotContain("Domain");
  }

  @Test
  void theNextInLineIsToldHowManyAreAhead() {
    int port = fullHouse("rooms: {concert: {}}");
    guest(port).opens("/");
    guest(port).opens("/");
    Guest third = guest(port);
    third.opens("/");
    Stage.until(
        "two are ahead of the third", () -> third.place().json().getInteger("ahead", -1) == 2);
    assertThat(third.opens("/").body()).contains("2 people are ahead of you.");
  }

  @Test
  void whoPrefersJsonGetsTheirPlaceAsJson() {
    int port = fullHouse("rooms: {concert: {}}");
    Guest app = guest(port);
    Reply reply = app.asks("GET", "/seats", "Accept: application/json, text/html;q=0.5");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().getString("state")).isEqualTo("waiting");
    assertThat(reply.json().getString("room")).isEqualTo("concert");
    assertThat(reply.header("Retry-After")).matches("[1-9][0-9]*");
    assertThat(app.jar()).containsOnlyKeys(way().cookie("usher-ticket-concert"));
  }

  @Test
  void otherRequestsWithoutATicketTakeNoNumberAndAreToldHowToJoin() {
    int port = fullHouse("rooms: {concert: {}}");
    Guest page = guest(port);
    for (Reply reply :
        new Reply[] {
          page.fetches("/api"),
          page.posts("/api", "Accept: application/json"),
          page.asks("GET", "/api", "Accept: application/json"),
          page.asks("GET", "/logo.png", "Accept: image/*"),
          page.asks("GET", "/next", Guest.BROWSER, "Sec-Purpose: prefetch;prerender"),
        }) {
      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(reply.header("Retry-After")).isEqualTo("1");
      assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.json().getString("type")).isEqualTo("/problems/not-joined");
      assertThat(reply.json().getString("detail")).contains("/_usher/join?room=concert");
      assertThat(reply.all("Set-Cookie")).isEmpty();
    }
    Reply head = page.asks("HEAD", "/", Guest.BROWSER);
    assertThat(head.status()).isEqualTo(429);
    assertThat(head.all("Set-Cookie")).isEmpty();
    assertThat(guest(port).opens("/").body()).contains("You are next.");
  }

  @Test
  void aTicketHoldersOtherRequestsGetTheirPlaceAsJson() {
    int port = fullHouse("rooms: {concert: {}}");
    Guest guest = guest(port);
    guest.opens("/");
    for (Reply reply : new Reply[] {guest.fetches("/api"), guest.posts("/api")}) {
      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.header("Content-Type")).isEqualTo("application/json");
      assertThat(reply.json().getString("state")).isEqualTo("waiting");
      assertThat(reply.header("Retry-After")).matches("[1-9][0-9]*");
    }
    // An image or a script of the page the visitor left is no wish for the waiting page.
    Reply head = guest.asks("HEAD", "/", Guest.BROWSER);
    assertThat(head.status()).isEqualTo(429);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void statusesAreAsConfigured() {
    int port = fullHouse("rooms: {concert: {waiting: {pageStatus: 503, otherStatus: 403}}}");
    Guest guest = guest(port);
    assertThat(guest.fetches("/api").status()).isEqualTo(403);
    assertThat(guest.opens("/").status()).isEqualTo(503);
    assertThat(guest.fetches("/api").status()).isEqualTo(403);
    assertThat(guest.place().status()).isEqualTo(200);
  }

  @Test
  void aFloodFromOneAddressWaitsAMomentAndAnotherAddressDoesNot() {
    String listen = way().listen("trustedProxies: [127.0.0.1]");
    String slow = "rooms: {concert: {joinsPerAddress: 1}}";
    int port = stage().gateway(listen + Stage.shop(stage().pod(), 1) + slow).port();
    Reply last = null;
    for (int i = 0; i < 40 && (last == null || last.status() != 429); i++) {
      last = guest(port).always("X-Forwarded-For: 192.0.2.1").opens("/");
    }
    assertThat(Objects.requireNonNull(last).status()).isEqualTo(429);
    assertThat(last.header("Refresh")).isIn("1", "2"); // spread
    assertThat(last.header("Retry-After")).isEqualTo("1");
    assertThat(last.body()).contains("tries again by itself");
    Guest other = guest(port).always("X-Forwarded-For: 198.51.100.7");
    assertThat(other.opens("/").state()).isEqualTo("waiting");
    // The page tries again, and so does everybody: nobody is kept out.
    Stage.until(
        "the next one of the many joins",
        () ->
            "waiting".equals(guest(port).always("X-Forwarded-For: 192.0.2.1").opens("/").state()));
  }

  @Test
  void aFullLineTurnsNewcomersAwayAndKeepsTheOthers() {
    int port = fullHouse("rooms: {concert: {waitingMax: 1}}");
    Guest first = guest(port);
    first.opens("/");
    Stage.until("the line is full", () -> guest(port).opens("/").status() == 503);
    Reply late = guest(port).opens("/");
    assertThat(late.header("Retry-After")).isEqualTo("10");
    assertThat(late.body()).contains("The line is full");
    Reply tool = guest(port).asks("GET", "/", "Accept: */*");
    assertThat(tool.status()).isEqualTo(503);
    assertThat(tool.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(tool.json().getString("type")).isEqualTo("/problems/line-too-long");
    JsonObject problem = guest(port).posts("/_usher/join").json();
    assertThat(problem.getInteger("status")).isEqualTo(503);
    assertThat(first.place().json().getString("state")).isEqualTo("waiting");
  }
}
