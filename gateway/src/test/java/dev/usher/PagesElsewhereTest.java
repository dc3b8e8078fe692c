package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import org.junit.jupiter.api.Test;

/** A front end of another host calls what the room guards. */
@Over(Way.class)
class PagesElsewhereTest extends EveryWay {
  private static final String SITE = "Origin: https://www.tickets.example";
  private static final String[] ASKS = {
    SITE, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: usher-ticket"
  };

  private int full(String room) {
    int port =
        stage().gateway(Stage.shop(stage().pod(), 1) + "rooms: {concert: {" + room + "}}").port();
    guest(port).comesIn("/");
    assertThat(guest(port).opens("/").state()).isEqualTo("waiting");
    Stage.until(
        "it is known that somebody waits", () -> guest(port).asks("HEAD", "/").status() == 429);
    return port;
  }

  @Test
  void aPageThatMayIsToldSoAndSeesHowItStands() {
    int port = full("cors: {origins: ['https://www.tickets.example']}");
    Guest page = guest(port).always("Sec-Fetch-Site: cross-site").always("Sec-Fetch-Mode: cors");
    for (String path : new String[] {"/api/hold", "/_usher/join?room=concert", "/_usher/stream"}) {
      Reply may = page.asks("OPTIONS", path, ASKS);
      assertThat(may.status()).isEqualTo(204);
      assertThat(may.header("Access-Control-Allow-Origin"))
          .isEqualTo("https://www.tickets.example");
      assertThat(may.header("Access-Control-Allow-Methods")).isEqualTo("POST");
      assertThat(may.header("Access-Control-Allow-Headers")).isEqualTo("usher-ticket");
      assertThat(may.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    }
    for (Reply reply :
        new Reply[] {
          page.asks("GET", "/api/list", SITE, "Accept: application/json"),
          page.posts("/_usher/join?room=concert", SITE),
          page.asks("GET", "/_usher/place?room=concert", SITE),
        }) {
      assertThat(reply.header("Access-Control-Allow-Origin"))
          .isEqualTo("https://www.tickets.example");
      assertThat(reply.header("Access-Control-Expose-Headers")).contains("Usher-Ticket");
    }
    assertThat(page.jar()).isNotEmpty();
  }

  @Test
  void aPageMayListenAndReadsWhyItMustAskInstead() {
    String room = "rooms: {concert: {cors: {origins: ['https://www.tickets.example']}}}";
    String listen = way().listen("limits: {streams: 1}");
    int port = stage().gateway(listen + Stage.shop(stage().pod(), 1) + room).port();
    guest(port).comesIn("/");
    Guest page = guest(port).always("Sec-Fetch-Site: cross-site").always(SITE);
    assertThat(page.posts("/_usher/join").json().getString("state")).isEqualTo("waiting");
    try (Listening stream = page.listens()) {
      stream.hears("place", "waiting");
      assertThat(stream.header("Access-Control-Allow-Origin"))
          .isEqualTo("https://www.tickets.example");
      assertThat(stream.header("Access-Control-Allow-Credentials")).isEqualTo("true");
      Reply refused = page.fetches("/_usher/stream");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Access-Control-Allow-Origin"))
          .isEqualTo("https://www.tickets.example");
      assertThat(refused.header("Access-Control-Expose-Headers")).contains("Retry-After");
    }
  }

  @Test
  void whoSeesAPodsAnswerIsThePodsToSay() {
    String room = "rooms: {concert: {cors: {origins: ['https://www.tickets.example']}}}";
    int port = stage().gateway(Stage.shop(stage().pod(), 5) + room).port();
    Guest page = guest(port).comesIn("/").always(SITE);
    Reply silent = page.fetches("/api");
    assertThat(silent.status()).isEqualTo(200);
    assertThat(silent.header("Access-Control-Allow-Origin")).isNull();
    assertThat(silent.header("Access-Control-Expose-Headers")).isNull();
    assertThat(silent.all("Vary")).contains("Origin");
    Reply shown = page.fetches("/api?allow=https://www.tickets.example");
    assertThat(shown.header("Access-Control-Allow-Origin"))
        .isEqualTo("https://www.tickets.example");
    assertThat(shown.header("Access-Control-Expose-Headers")).contains("Usher-Pass");
    assertThat(shown.header("Access-Control-Allow-Credentials")).isNull();
  }

  @Test
  void whatACacheKeepsOfAnAnswerIsNotForEveryOrigin() {
    Guest reader = guest(full("cors: {origins: ['https://www.tickets.example']}"));
    assertThat(reader.opens("/").all("Vary")).contains("Accept", "Origin");
    assertThat(reader.place().all("Vary")).contains("Origin");
  }

  @Test
  void anotherPageMayNotAndItsQuestionsGoToThePods() {
    int port = full("cors: {origins: ['https://www.tickets.example']}");
    Guest page = guest(port).always("Origin: https://evil.example");
    Reply asked = page.asks("OPTIONS", "/api/hold", "Access-Control-Request-Method: POST");
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.body()).isEqualTo("in");
    assertThat(asked.header("Access-Control-Allow-Origin")).isNull();
    // No browser sends more with it: it could drip in a slot for as long as it likes.
    assertThat(page.sendsBy("OPTIONS", "/api/hold", "x", "Access-Control-Request-Method: POST"))
        .extracting(Reply::status)
        .isEqualTo(429);
    assertThat(page.posts("/_usher/join?room=concert").status()).isEqualTo(403);
    Reply join = page.asks("OPTIONS", "/_usher/join?room=concert", ASKS[1]);
    assertThat(join.status()).isEqualTo(403);
    Reply list = page.asks("GET", "/api/list", "Accept: application/json");
    assertThat(list.header("Access-Control-Allow-Origin")).isNull();
  }
}
