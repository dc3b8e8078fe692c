package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A shop whose pods keep carts in memory. What the store says, and when, is nothing to it. */
@Over(
    value = Way.class,
    only = {"HTTP_1", "TLS", "HTTP_2"})
class StickySessionsTest extends StickyPlay {
  @Test
  void aSessionStaysWithItsPodAndOthersGoWhereThereIsRoom() {
    int port = gateway(shop("prefer", "", 3), 3).port();
    // Which pod is chance; that one is never chosen is not.
    for (int i = 0; i < 6 || (i < 60 && pods.stream().anyMatch(pod -> pod.asked.isEmpty())); i++) {
      Guest guest = guest(port);
      guest.comesIn("/");
      String own = "/of" + i;
      for (int k = 0; k < 10; k++) {
        assertThat(guest.fetches(own).status()).isEqualTo(200);
      }
      assertThat(askedFor(own)).hasSize(1);
    }
    assertThat(pods).allSatisfy(pod -> assertThat(pod.asked).isNotEmpty());
  }

  @Test
  void itStaysAtAnotherReplicaAndAfterARestartAndWhatItPostsAndBypassesDoesToo() {
    Gateway one = gateway(Stage.LASTING + shop("prefer", "", 3), 3);
    Gateway two = gateway(Stage.LASTING + shop("prefer", "", 3), 3);
    Guest guest = guest(one.port());
    guest.comesIn("/");
    guest.fetches("/own");
    one.stop();
    guest.movesTo(two.port());
    for (int k = 0; k < 8; k++) {
      guest.fetches("/own");
      guest.sends("/own", "x");
      guest.fetches("/b");
    }
    assertThat(askedFor("/own")).hasSize(1);
    assertThat(askedFor("/b")).isEqualTo(askedFor("/own"));
  }

  @Test
  void withoutItEachRequestGoesWhereThereIsRoomAndThePassSaysNothing() {
    Gateway gateway = gateway(Stage.LASTING + shop("off", "", 3), 3);
    Guest guest = guest(gateway.port());
    guest.comesIn("/");
    for (int k = 0; k < 30; k++) {
      guest.fetches("/own");
    }
    assertThat(askedFor("/own")).hasSizeGreaterThan(1);
    assertThat(podIn(pass(guest))).isZero();
  }

  @Test
  void aPodThatGoesHasItsSessionsMoveForGoodAndThoseOfOthersStay() {
    Gateway gateway = gateway(shop("prefer", "", 3), 3);
    Guest guest = guest(gateway.port());
    guest.comesIn("/");
    guest.fetches("/first");
    TestPod lost = askedFor("/first").get(0);
    lost.isReady(false);
    Stage.until("it is out", () -> upstream(gateway).getInteger("podsReady") == 2);
    guest.fetches("/second");
    TestPod next = askedFor("/second").get(0);
    assertThat(next).isNotSameAs(lost);
    lost.isReady(true);
    Stage.until("it is back", () -> upstream(gateway).getInteger("podsReady") == 3);
    for (int k = 0; k < 8; k++) {
      guest.fetches("/third");
    }
    assertThat(askedFor("/third")).containsExactly(next);
    assertThat(upstream(gateway).getJsonObject("sticky").getLong("moved")).isEqualTo(1);
  }

  @Test
  void requiredItIsRefusedWhileItsPodIsAwayAndGoesOnWhenThatIsBack() {
    Gateway gateway = gateway(shop("require", "\n    hold: 100ms", 2), 2);
    Guest guest = guest(gateway.port());
    guest.comesIn("/");
    guest.fetches("/own");
    TestPod own = askedFor("/own").get(0);
    own.isReady(false);
    Stage.until("it is out", () -> upstream(gateway).getInteger("podsReady") == 1);
    Reply refused = guest.fetches("/away");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().getString("cause")).isEqualTo("own_pod_busy");
    assertThat(refused.state()).as("no pod has answered").isNull();
    assertThat(askedFor("/away")).isEmpty();
    Guest other = guest(gateway.port());
    other.comesIn("/other");
    own.isReady(true);
    Stage.until("it is back", () -> guest.fetches("/own").status() == 200);
    assertThat(askedFor("/own")).containsExactly(own);
    assertThat(upstream(gateway).getJsonObject("sticky").getLong("refused")).isPositive();
  }

  @Test
  void whoFindsNoRoomInTimeGoesElsewhereOrIsRefusedAndNobodyElseWaits() {
    for (String sticky : List.of("prefer", "require")) {
      pods.clear();
      String more = "\n    hold: 300ms\n    maxInFlightPerPod: 2";
      Gateway gateway = gateway(shop(sticky, more, 2), 2);
      TestPod own = pods.get(0);
      List<Guest> guests = on(own, gateway.port(), 3);
      Guest elsewhere = on(pods.get(1), gateway.port(), 1).get(0);
      List<CompletableFuture<Reply>> held = fill(own, guests.subList(0, 2));
      CompletableFuture<Reply> late =
          CompletableFuture.supplyAsync(() -> guests.get(2).fetches("/late"), Stage.BESIDE);
      assertThat(elsewhere.fetches("/other").status()).isEqualTo(200);
      assertThat(late.join().status()).isEqualTo(sticky.equals("prefer") ? 200 : 503);
      assertThat(askedFor("/late")).doesNotContain(own);
      assertThat(own.held()).isEqualTo(2);
      own.release();
      held.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
    }
  }

  @Test
  void whoWaitsForTheirOwnPodGetsTheSlotThatComesFree() {
    Gateway gateway = gateway(shop("prefer", "\n    hold: 15s\n    maxInFlightPerPod: 2", 2), 2);
    TestPod own = pods.get(0);
    List<Guest> guests = on(own, gateway.port(), 3);
    List<CompletableFuture<Reply>> held = fill(own, guests.subList(0, 2));
    CompletableFuture<Reply> waits =
        CompletableFuture.supplyAsync(() -> guests.get(2).fetches("/own"), Stage.BESIDE);
    Stage.until(
        "it waits", () -> upstream(gateway).getJsonObject("sticky").getInteger("holding") == 1);
    own.release();
    held.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
    assertThat(waits.join().status()).isEqualTo(200);
    assertThat(askedFor("/own")).containsExactly(own);
  }

  @Test
  void aPassTellsNobodyWhichPodItIsAndAnotherSessionsPodIsNoneInIt() {
    Gateway gateway = gateway(shop("prefer", "", 3), 3);
    Guest guest = guest(gateway.port());
    guest.comesIn("/");
    Guest other = guest(gateway.port());
    other.comesIn("/");
    String[] own = pass(guest).split("\\.", -1);
    String[] others = pass(other).split("\\.", -1);
    byte[] claims = Base64.getUrlDecoder().decode(own[1]);
    JsonObject told = new JsonObject(new String(claims, StandardCharsets.UTF_8));
    assertThat(told.getString("pod")).hasSize(11);
    assertThat(told.encode()).doesNotContain("127.0.0.1");
    Guest forger = guest(gateway.port());
    forger.always("Usher-Pass: " + own[0] + "." + others[1] + "." + own[2]);
    forger.posts("/forged");
    assertThat(forger.jar().get(way().cookie("usher-pass-concert"))).isNotEqualTo(pass(other));
  }
}
