package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A room that only watches: everyone goes on, over every protocol and however late the store. */
@Over(Way.class)
@Tag("long")
class ObservingRoomTest extends EveryWay {
  private static final String OBSERVE = "rooms: {concert: {mode: observe}}";

  private String pass() {
    return way().cookie("usher-pass-concert");
  }

  @Test
  void everyoneGoesOnAndGetsAPassThoughThereIsPlaceForOne() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + OBSERVE).port();
    for (int i = 0; i < 5; i++) {
      Guest guest = guest(port);
      Reply first = guest.opens("/");
      assertThat(first.body()).isEqualTo("in");
      assertThat(first.state()).isEqualTo("admitted");
      assertThat(guest.jar()).containsKey(pass());
      assertThat(guest.fetches("/api").state()).isEqualTo("admitted");
    }
  }

  @Test
  void sessionsAreCountedAndWhoWouldHaveWaitedIsTold() {
    Gateway gateway = stage().gateway(Stage.shop(stage().pod(), 2) + OBSERVE);
    Guest operator = new Guest(gateway.opsPort());
    // The first of a replica's own are not counted: after a loss all would be, once more.
    guest(gateway.port()).opens("/");
    Stage.until("it is counted", () -> sessions(operator) == 1);
    IntStream.range(0, 6).forEach(i -> guest(gateway.port()).opens("/"));
    Stage.until("all are counted", () -> sessions(operator) == 7);
    Stage.until(
        "five would wait",
        () ->
            operator
                    .fetches("/api/rooms/concert")
                    .json()
                    .getJsonObject("observed")
                    .getLong("wouldWait")
                == 5);
    assertThat(operator.fetches("/metrics").body())
        .contains("usher_would_have_held_visitors_total{upstream=\"shop\"} 5.0")
        .contains("usher_observing{room=\"concert\",upstream=\"shop\"} 1.0");
  }

  private static long sessions(Guest operator) {
    return operator.fetches("/api/rooms/concert").json().getLong("sessions");
  }

  @Test
  void anAnswerForSharedCachesStaysAsItIsAndTheNextCarriesThePass() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + OBSERVE).port();
    for (String kept : List.of("public,max-age=600", "max-age=600", "s-maxage=10")) {
      Guest guest = guest(port);
      Reply reply = guest.opens("/?cacheControl=" + kept);
      assertThat(reply.body()).isEqualTo("in");
      assertThat(reply.all("Set-Cookie")).isEmpty();
      assertThat(reply.header("Usher-Pass")).isNull();
      assertThat(reply.header("Cache-Control")).isEqualTo(kept);
      assertThat(guest.opens("/").cookie(pass())).isNotNull();
    }
    assertThat(guest(port).opens("/?cacheControl=private,max-age=600").cookie(pass())).isNotNull();
    Reply untold = guest(port).opens("/");
    assertThat(untold.cookie(pass())).isNotNull();
    assertThat(untold.header("Cache-Control")).isEqualTo("private");
  }

  @Test
  void whoSendsNoCookieBackBeginsNoSessionWithEachCall() {
    Gateway gateway = stage().gateway(Stage.shop(stage().pod(), 1) + OBSERVE);
    Guest app = guest(gateway.port());
    for (int i = 0; i < 3; i++) {
      Reply reply = app.asks("GET", "/api", "Accept: */*", "Sec-Fetch-Mode: cors");
      assertThat(reply.body()).isEqualTo("in");
      assertThat(reply.all("Set-Cookie")).isEmpty();
    }
    Reply active =
        guest(gateway.port())
            .asks("GET", "/api", "Accept: */*", "Cookie: cart=7", "Sec-Fetch-Mode: cors");
    assertThat(active.cookie(pass())).isNotNull();
    assertThat(new Guest(gateway.opsPort()).fetches("/metrics").body())
        .contains("what=\"not_joined\"} 4.0");
  }

  @Test
  void anAppThatNamesTheHeaderGetsItsPassThere() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + OBSERVE).port();
    Guest app = guest(port);
    Reply first = app.asks("GET", "/api", "Accept: application/json", "Usher-Pass: none");
    assertThat(first.body()).isEqualTo("in");
    assertThat(first.all("Set-Cookie")).isEmpty();
    assertThat(first.state()).isEqualTo("admitted");
    Reply next = app.asks("GET", "/api", "Usher-Pass: " + first.header("Usher-Pass"));
    assertThat(next.state()).isEqualTo("admitted");
    assertThat(next.header("Usher-Pass")).as("the same session goes on").isNull();
  }

  @Test
  void aPageOfAnotherHostReadsWhatItReadsInARoomThatGuards() {
    TestPod pod = stage().pod();
    pod.isReady(false);
    String room = "rooms: {concert: {mode: observe, cors: {origins: ['https://app.example']}}}";
    int port = stage().gateway(Stage.shop(pod, 1) + room).port();
    Reply refused = guest(port).asks("GET", "/api", "Accept: */*", "Origin: https://app.example");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    assertThat(refused.header("Access-Control-Expose-Headers")).contains("Retry-After");
  }

  @Test
  void capsAndTurnsAreCountedAndHoldNobody() {
    TestPod pod = stage().pod();
    Gateway gateway =
        stage()
            .gateway(
                Stage.shop(pod, 100).replace("probe:", "maxInFlightPerPod: 2\n    probe:")
                    + OBSERVE);
    Guest one = guest(gateway.port());
    one.opens("/");
    List<CompletableFuture<Reply>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Guest same = guest(gateway.port()).withJarOf(one);
      all.add(CompletableFuture.supplyAsync(() -> same.fetches("/?held=1"), Stage.BESIDE));
    }
    Stage.until("all are at the pod at once", () -> pod.held() == 12);
    Guest operator = new Guest(gateway.opsPort());
    Stage.until(
        "the time beyond is told",
        () ->
            operator
                    .fetches("/api/rooms/concert")
                    .json()
                    .getJsonObject("admission")
                    .getJsonArray("pods")
                    .getJsonObject(0)
                    .getDouble("beyondShareSeconds")
                > 0);
    pod.release();
    all.forEach(reply -> assertThat(reply.join().body()).isEqualTo("in at last"));
    assertThat(operator.fetches("/metrics").body())
        .containsPattern("usher_spared_total\\{[^}]*what=\"no_slot\"} [1-9]")
        .containsPattern("usher_spared_total\\{[^}]*what=\"too_many_at_once\"} [1-9]");
  }

  @Test
  void aPlaceIsJoinedAndClaimedInOne() {
    int port = stage().gateway(Stage.shop(stage().pod(), 1) + OBSERVE).port();
    Guest app = guest(port);
    assertThat(app.place().json().getString("state")).isEqualTo("none");
    guest(port).opens("/");
    assertThat(app.posts("/_usher/join").json().getString("state")).isEqualTo("admitted");
    assertThat(app.place().json().getString("state")).isEqualTo("admitted");
  }

  @Test
  void whoLeftBeginsAnewAlsoWithTheOldPass() {
    Gateway gateway = stage().gateway(Stage.shop(stage().pod(), 1) + OBSERVE);
    Guest guest = guest(gateway.port());
    guest.opens("/");
    Guest twin = guest(gateway.port()).withJarOf(guest);
    String old = twin.jar().get(pass());
    guest.posts("/_usher/leave");
    Stage.until(
        "the old pass is worth nothing",
        () -> {
          assertThat(twin.opens("/").body()).isEqualTo("in");
          return !Objects.equals(old, twin.jar().get(pass()));
        });
    Guest operator = new Guest(gateway.opsPort());
    // Also who left before the store had heard of them.
    Stage.until("one is inside", () -> sessions(operator) == 1);
    for (int i = 0; i < 3; i++) {
      guest(gateway.port()).opens("/");
      twin.posts("/_usher/leave");
      twin.opens("/");
    }
    Stage.until("of the twins one is inside", () -> sessions(operator) == 4);
  }

  @Test
  void aRoomThatGuardsWaitsForOneThatWatchesOnTheSameUpstream() {
    int port =
        stage()
            .gateway(
                Stage.shop(stage().pod(), 3)
                    + "rooms: {concert: {mode: observe, paths: [/concert]},"
                    + " theatre: {paths: [/theatre]}}")
            .port();
    assertThat(guest(port).opens("/theatre").state()).isEqualTo("admitted");
    IntStream.range(0, 5)
        .forEach(i -> assertThat(guest(port).opens("/concert").state()).isEqualTo("admitted"));
    Stage.until("the house is full", () -> "waiting".equals(guest(port).opens("/theatre").state()));
    assertThat(guest(port).opens("/concert").state()).isEqualTo("admitted");
  }
}
