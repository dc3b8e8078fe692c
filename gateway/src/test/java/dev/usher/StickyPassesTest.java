package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.token.Keys;
import dev.usher.token.Passes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** What a pass says of its pod when it is new, old, over, or of another version. */
@Over(
    value = Way.class,
    only = {"HTTP_1", "TLS", "HTTP_2"})
class StickyPassesTest extends StickyPlay {
  /** One place, on two pods. */
  private String onePlace(String session) {
    return shop("prefer", "", 2)
        .replaceAll("sessionsPerPod: \\d+", "sessionsPerPod: 1")
        .replace("concert: {", "concert: {session: {" + session + "}, ");
  }

  /** A guest with a pass of a gateway that lets sessions go anywhere. */
  private Guest withAPassThatNamesNoPod(Gateway elsewhere) {
    Guest guest = guest(elsewhere.port());
    guest.comesIn("/");
    return guest;
  }

  private Gateway anywhere() {
    return gateway(Stage.LASTING + shop("off", "", 3), 3);
  }

  private CompletableFuture<Reply> asks(Guest who, String target) {
    return CompletableFuture.supplyAsync(() -> who.fetches(target), Stage.BESIDE);
  }

  private void releaseUntil(List<CompletableFuture<Reply>> done) {
    CompletableFuture<?> all = CompletableFuture.allOf(done.toArray(CompletableFuture[]::new));
    Stage.until(
        "all are answered",
        () -> {
          pods.forEach(TestPod::release);
          return all.isDone();
        });
  }

  @Test
  void theFirstRequestsOfASessionThatAreOnTheirWayTogetherGoWhereTheFirstOfThemWent() {
    Gateway old = anywhere();
    Gateway gateway = gateway(Stage.LASTING + shop("prefer", "", 3), 3);
    for (int i = 0; i < 5; i++) {
      Guest guest = withAPassThatNamesNoPod(old).movesTo(gateway.port());
      String first = "/first?held&of" + i;
      String next = "/next?held&of" + i;
      List<CompletableFuture<Reply>> all = new ArrayList<>(List.of(asks(guest, first)));
      Stage.until("the first is on its way", () -> askedFor(first).size() == 1);
      for (int k = 0; k < 4; k++) {
        all.add(asks(guest(gateway.port()).withJarOf(guest), next));
      }
      Stage.until("all are", () -> pods.stream().mapToInt(TestPod::held).sum() == 5);
      assertThat(askedFor(next)).isEqualTo(askedFor(first));
      releaseUntil(all);
      for (int k = 0; k < 5; k++) {
        guest.fetches("/then" + i);
      }
      assertThat(askedFor("/then" + i)).isEqualTo(askedFor(first));
    }
  }

  @Test
  void ofThoseInTheSameInstantThePassThatIsKeptDecides() {
    Gateway old = anywhere();
    Gateway gateway = gateway(Stage.LASTING + shop("prefer", "", 3), 3);
    for (int i = 0; i < 4; i++) {
      Guest guest = withAPassThatNamesNoPod(old).movesTo(gateway.port());
      CyclicBarrier together = new CyclicBarrier(4);
      List<Guest> tabs = new ArrayList<>();
      List<CompletableFuture<Reply>> all = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        Guest tab = guest(gateway.port()).withJarOf(guest);
        tabs.add(tab);
        String own = "/tab" + i + "/" + k;
        all.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    together.await();
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                  return tab.fetches(own);
                },
                Stage.BESIDE));
      }
      all.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
      for (int k = 0; k < 4; k++) {
        String own = "/tab" + i + "/" + k;
        tabs.get(k).fetches(own);
        tabs.get(k).fetches(own);
        assertThat(askedFor(own)).hasSize(1);
      }
    }
  }

  @Test
  void whatIsReadAfterTheEndComesFromThePodOfTheVisit() {
    int port = gateway(shop("prefer", "", 3), 3).port();
    for (int i = 0; i < 3; i++) {
      Guest guest = guest(port);
      guest.comesIn("/");
      String thanks = "/thanks?end&of" + i;
      assertThat(guest.fetches(thanks).status()).isEqualTo(200);
      for (int k = 0; k < 6; k++) {
        assertThat(guest.fetches("/ticket" + i).state()).isEqualTo("ended");
      }
      assertThat(askedFor("/ticket" + i)).isEqualTo(askedFor(thanks)).hasSize(1);
    }
  }

  @Test
  void whatFinishesAfterTheVisitDoesSoOnItsPod() {
    int port = gateway(onePlace("timeout: 1s, finish: {paths: [/checkout], grace: 1h}"), 2).port();
    Guest payer = guest(port).comesIn("/");
    payer.fetches("/cart");
    Guest other = guest(port);
    assertThat(other.opens("/").state()).isEqualTo("waiting");
    other.comesIn("/");
    Guest waits = guest(port);
    assertThat(waits.opens("/").state()).isEqualTo("waiting");
    assertThat(payer.posts("/checkout", Guest.BROWSER).state()).isEqualTo("finishing");
    for (int k = 0; k < 8; k++) {
      payer.fetches("/checkout");
    }
    assertThat(askedFor("/checkout")).isEqualTo(askedFor("/cart")).hasSize(1);
  }

  @Test
  void aPassThatAnOlderReplicaRenewedFindsAPodAgainAndOneThatNamesAPodIsGoodWhereNobodyLooks() {
    Gateway old = anywhere();
    Gateway gateway = gateway(Stage.LASTING + shop("prefer", "", 3), 3);
    Guest guest = guest(gateway.port()).comesIn("/");
    guest.fetches("/own");
    String named = pass(guest);
    guest.movesTo(old.port());
    for (int k = 0; k < 20; k++) {
      assertThat(guest.fetches("/anywhere").state()).isEqualTo("admitted");
    }
    assertThat(askedFor("/anywhere")).hasSizeGreaterThan(1);
    assertThat(podIn(pass(guest))).isEqualTo(podIn(named));
    guest.movesTo(gateway.port());
    guest.fetches("/own");
    assertThat(askedFor("/own")).hasSize(1);

    assertThat(podIn(named)).isNotZero();
    String without = new Passes(Keys.parse(Stage.KEY)).sign(read(named).on(0));
    guest.jar().put(way().cookie("usher-pass-concert"), without);
    for (int k = 0; k < 6; k++) {
      assertThat(guest.fetches("/again").state()).isEqualTo("admitted");
    }
    assertThat(askedFor("/again")).hasSize(1);
    assertThat(podIn(pass(guest))).isNotZero();
  }
}
