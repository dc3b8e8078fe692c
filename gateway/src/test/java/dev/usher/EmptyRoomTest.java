package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** While nobody waits and places are free, nobody is told of any line, however they come. */
@Over(value = Way.class, smoke = true)
class EmptyRoomTest extends EveryWay {
  private static final String CRAWLER = "User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1)";

  @Test
  void appsFormsAndPagesCallsComeInLikeAnybodyElse() {
    int port = open(20).port();
    List<Guest> guests = List.of(guest(port), guest(port), guest(port));
    assertThat(guests.get(0).fetches("/api").state()).isEqualTo("admitted");
    assertThat(guests.get(1).asks("GET", "/api", "Accept: application/json").state())
        .isEqualTo("admitted");
    assertThat(guests.get(2).posts("/buy", Guest.BROWSER).state()).isEqualTo("admitted");
    for (Guest guest : guests) {
      assertThat(guest.jar()).containsOnlyKeys(way().cookie("usher-pass-concert"));
      assertThat(guest.fetches("/api").state()).isEqualTo("admitted");
    }
  }

  @Test
  void aFormKeepsItsBodyWhileTheStoreIsAsked() {
    TestPod pod = stage().pod();
    int port = stage().gateway(Stage.shop(pod, 20) + "rooms: {concert: {}}").port();
    opens(port);
    assertThat(guest(port).sends("/buy", "seat=12", Guest.BROWSER).state()).isEqualTo("admitted");
    assertThat(pod.bodies).contains("seat=12");
  }

  @Test
  void whatIsNobodysArrivalGoesOnAndTakesNoPlace() {
    int port = open(2).port();
    for (int i = 0; i < 3; i++) {
      Guest nobody = guest(port);
      for (Reply reply :
          List.of(
              nobody.asks("HEAD", "/", Guest.BROWSER),
              nobody.asks("GET", "/", Guest.BROWSER, "Sec-Purpose: prefetch;prerender"),
              nobody.asks("GET", "/logo.png", "Accept: image/avif,*/*"),
              nobody.asks("GET", "/", Guest.BROWSER, CRAWLER),
              nobody.asks("GET", "/", "User-Agent: ELB-HealthChecker/2.0"),
              nobody.asks("GET", "/robots.txt", Guest.BROWSER))) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.state()).isEqualTo("free");
        assertThat(reply.all("Set-Cookie")).isEmpty();
      }
    }
    guest(port).comesIn("/");
    guest(port).comesIn("/");
    assertThat(guest(port).opens("/").state()).isEqualTo("waiting");
  }

  @Test
  void whilePeopleWaitCrawlersAreToldToComeLaterAndTakeNoNumber() {
    int port = open(1).port();
    guest(port).comesIn("/");
    Guest first = guest(port);
    assertThat(first.opens("/").state()).isEqualTo("waiting");
    Stage.until(
        "it is known that somebody waits",
        () -> guest(port).asks("GET", "/", CRAWLER).status() == 503);
    for (String path : List.of("/", "/robots.txt", "/sitemap.xml", "/.well-known/x")) {
      Reply reply = guest(port).asks("GET", path, Guest.BROWSER, CRAWLER);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).isEqualTo("120");
      assertThat(reply.all("Set-Cookie")).isEmpty();
    }
    assertThat(first.place().json().getInteger("ahead")).isZero();
    assertThat(first.opens("/").body()).doesNotContain("noindex");
  }

  @Test
  void aRoomThatIsSoldOutForDaysShowsCrawlersItsPagesOnceNobodyWaits() {
    Gateway gateway = open(5);
    Operator operator = new Operator(gateway);
    operator.does("sold-out", new JsonObject());
    Stage.until("it is sold out", () -> guest(gateway.port()).opens("/").status() == 503);
    for (String path : List.of("/", "/robots.txt", "/sitemap.xml", "/.well-known/x")) {
      Reply reply = guest(gateway.port()).asks("GET", path, Guest.BROWSER, CRAWLER);
      assertThat(reply.status()).as(path).isEqualTo(200);
      assertThat(reply.state()).isEqualTo("free");
      assertThat(reply.all("Set-Cookie")).isEmpty();
    }
    Reply person = guest(gateway.port()).opens("/");
    assertThat(person.status()).isEqualTo(503);
    assertThat(person.body()).contains("Sold out").doesNotContain("noindex");
    assertThat(person.header("X-Robots-Tag")).isNull();
  }

  @Test
  void aCrowdOfCallsAtOnceNeverExceedsThePlacesNorMakesALine() {
    Gateway gateway = open(10);
    List<CompletableFuture<Reply>> crowd = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      crowd.add(
          CompletableFuture.supplyAsync(() -> guest(gateway.port()).fetches("/api"), Stage.BESIDE));
    }
    List<Reply> replies = crowd.stream().map(CompletableFuture::join).toList();
    assertThat(replies).allMatch(reply -> reply.status() == 200 || reply.status() == 429);
    assertThat(replies.stream().filter(reply -> reply.status() == 200).count()).isBetween(1L, 10L);
    Guest operator = new Guest(gateway.opsPort());
    Stage.until(
        "nobody waits",
        () -> operator.fetches("/api/rooms/concert").json().getInteger("waiting") == 0);
  }

  private Gateway open(int sessions) {
    Gateway gateway = stage().gateway(Stage.shop(stage().pod(), sessions) + "rooms: {concert: {}}");
    opens(gateway.port());
    return gateway;
  }

  private void opens(int port) {
    Stage.until(
        "the room is open", () -> guest(port).asks("HEAD", "/", "Accept: */*").status() == 200);
  }
}
