package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever Usher itself answers can be read by the pages of other hosts that may call it. */
@Over(Way.class)
class RefusalsElsewhereTest extends EveryWay {
  private static final String HOST = "https://www.tickets.example";
  private static final String SITE = "Origin: " + HOST;
  private static final String JSON = "Accept: application/json";
  private static final String ROOMS =
      """
      rooms:
        concert:
          hosts: [a.example]
          paths: [/concert]
          bypass: {paths: [/concert/assets]}
          cors: {origins: ['https://www.tickets.example']}
        opera: {hosts: [a.example], paths: [/opera]}
      defaultUpstream: shop
      """;

  private int port() {
    TestPod pod = stage().pod();
    pod.isReady(false);
    return stage().gateway(Stage.shop(pod, 5) + ROOMS).port();
  }

  /** What no room has to do with, and what one refuses; the status, method, target and headers. */
  private List<Reply> refusals(int port, String origin) {
    Guest page = guest(port).always("Host: a.example").always(origin);
    List<Reply> all = new ArrayList<>();
    all.add(page.asks("GET", "/_usher/nowhere"));
    all.add(page.asks("GET", "/_usher/join?room=concert"));
    all.add(page.asks("GET", "/_usher/place?room=%zz"));
    all.add(page.asks("GET", "/_usher/place?room=circus"));
    all.add(page.asks("GET", "/_usher/place"));
    all.add(page.asks("GET", "//concert/opera"));
    all.add(page.asks("GET", "/concert", JSON));
    all.add(page.asks("GET", "/concert/assets/a.css", JSON));
    all.add(page.asks("GET", "/elsewhere", JSON));
    // Browsers send their cookies last. Of the head, HTTP/1.1's reader keeps what came before.
    all.add(page.asks("GET", "/", JSON, "DNT: 1", "Cookie: c=" + "x".repeat(20_000)));
    all.add(page.asks("POST", "/_usher/leave?room=concert", "Sec-Fetch-Site: same-site"));
    return all;
  }

  @Test
  void aPageThatMayCallReadsEveryRefusal() {
    List<Reply> all = refusals(port(), SITE);
    assertThat(all)
        .extracting(Reply::status)
        .containsExactly(404, 405, 400, 404, 400, 400, 429, 503, 503, 431, 200);
    for (Reply reply : all) {
      assertThat(reply.header("Access-Control-Allow-Origin")).as(reply.body()).isEqualTo(HOST);
      assertThat(reply.all("Access-Control-Allow-Origin")).hasSize(1);
      assertThat(reply.header("Access-Control-Allow-Credentials")).isEqualTo("true");
      assertThat(reply.header("Access-Control-Expose-Headers")).contains("Retry-After");
      assertThat(reply.all("Vary")).contains("Origin");
      if (reply.status() == 429 || reply.status() == 503) {
        assertThat(reply.header("Retry-After")).as(reply.body()).matches("[1-9]\\d*");
      }
      if (reply.status() != 200) {
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().getString("type")).startsWith("/problems/");
        assertThat(reply.json().getInteger("status")).isEqualTo(reply.status());
      }
    }
  }

  @Test
  void anotherPageReadsNone() {
    for (Reply reply : refusals(port(), "Origin: https://evil.example")) {
      assertThat(reply.header("Access-Control-Allow-Origin")).as(reply.body()).isNull();
      assertThat(reply.header("Access-Control-Allow-Credentials")).isNull();
    }
  }

  @Test
  void whereSeveralRoomsAreAPreflightNeedNotSayWhich() {
    Guest page = guest(port()).always("Host: a.example").always(SITE);
    String asks = "Access-Control-Request-Method: GET";
    Reply may =
        page.asks("OPTIONS", "/_usher/place", asks, "Access-Control-Request-Headers: usher-ticket");
    assertThat(may.status()).isEqualTo(204);
    assertThat(may.header("Access-Control-Allow-Origin")).isEqualTo(HOST);
    assertThat(may.header("Access-Control-Allow-Headers")).isEqualTo("usher-ticket");
    assertThat(page.asks("OPTIONS", "/_usher/place?room=opera", asks).status()).isEqualTo(403);
  }

  @Test
  void aRefusalIsAPageForWhoAsksForOneAndJsonForWhoWantsThatMore() {
    Guest guest = guest(port()).always("Host: a.example");
    String[] targets = {"/concert/assets/a.css", "/elsewhere"};
    for (String target : targets) {
      for (String accept : new String[] {"text/html", "text/html, application/json;q=0.9"}) {
        assertThat(guest.asks("GET", target, "Accept: " + accept).header("Content-Type"))
            .as(accept)
            .startsWith("text/html");
      }
      for (String accept :
          new String[] {"*/*", "application/json", "text/html;q=0.5, application/problem+json"}) {
        assertThat(guest.asks("GET", target, "Accept: " + accept).header("Content-Type"))
            .as(accept)
            .isEqualTo("application/problem+json");
      }
    }
  }
}
