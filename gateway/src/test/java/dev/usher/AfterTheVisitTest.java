package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A visit that is over: the place is the next one's, and what was begun in it is not lost. */
@Over(Way.class)
class AfterTheVisitTest extends EveryWay {
  private static final String[] BANK = {
    Guest.BROWSER,
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-Dest: document",
    "Sec-Fetch-Site: cross-site",
    "Origin: https://bank.example"
  };

  private static final String SHORT = "session: {timeout: 1s";

  private TestPod pod(StringBuilder yaml, int sessions, String room) {
    TestPod pod = stage().pod();
    yaml.append(Stage.shop(pod, sessions)).append("rooms: {concert: {").append(room).append("}}");
    return pod;
  }

  @Test
  void thePartsOfTheLastPageComeThoughThePlaceIsTheNextOnes() {
    StringBuilder yaml = new StringBuilder();
    pod(yaml, 1, "");
    int port = stage().gateway(yaml.toString()).port();
    Guest buyer = guest(port).comesIn("/");
    Guest next = guest(port);
    assertThat(next.opens("/").state()).isEqualTo("waiting");
    String pass = Objects.requireNonNull(buyer.jar().get(way().cookie("usher-pass-concert")));
    assertThat(buyer.fetches("/thanks?end").status()).isEqualTo(200);
    assertThat(buyer.fetches("/thanks.css").status()).isEqualTo(200);
    assertThat(buyer.opens("/ticket.pdf").state()).isEqualTo("ended");
    assertThat(buyer.asks("HEAD", "/ticket.pdf", Guest.BROWSER).state()).isEqualTo("ended");
    next.comesIn("/");
    // A part that was asked for before the browser had the answer shows the pass of before.
    Guest early = guest(port);
    early.jar().put(way().cookie("usher-pass-concert"), pass);
    Stage.until("the end is known here", () -> "ended".equals(early.fetches("/a.css").state()));
    Reply order = buyer.posts("/buy", Guest.BROWSER);
    assertThat(order.status()).isEqualTo(429);
    assertThat(order.body()).contains("Nothing was sent");
  }

  @Test
  void afterTheEndTwoRequestsAreOnTheirWayAtOnceAndNoMore() {
    StringBuilder yaml = new StringBuilder();
    TestPod pod = pod(yaml, 100, "");
    int port = stage().gateway(yaml.toString()).port();
    Guest buyer = guest(port).comesIn("/");
    buyer.fetches("/thanks?end");
    CompletableFuture<?>[] all = new CompletableFuture<?>[4];
    for (int i = 0; i < all.length; i++) {
      Guest same = guest(port).withJarOf(buyer);
      all[i] = CompletableFuture.supplyAsync(() -> same.fetches("/part?held"), Stage.BESIDE);
    }
    Stage.until("two are at the pod", () -> pod.held() == 2);
    assertThat(buyer.place().status()).isEqualTo(200); // some time later it is still so
    assertThat(pod.held()).isEqualTo(2);
    Stage.until(
        "all are answered",
        () -> {
          pod.release();
          return CompletableFuture.allOf(all).isDone();
        });
  }

  @Test
  void aBanksFormComesThroughAfterTheSessionEndedByItself() {
    StringBuilder yaml = new StringBuilder();
    TestPod pod = pod(yaml, 1, SHORT + "}");
    int port = stage().gateway(yaml.toString()).port();
    Guest payer = guest(port).comesIn("/pay");
    othersComeIn(port, payer);
    Reply back = payer.sends("/paid", "MD=1", BANK);
    assertThat(back.state()).isEqualTo("finishing");
    assertThat(pod.bodies).contains("MD=1");
    // What its answer leads to is read, and no more.
    assertThat(payer.opens("/thanks").state()).isEqualTo("ended");
    assertThat(payer.sends("/paid", "MD=1", BANK).status()).isEqualTo(429);
  }

  @Test
  void aCopyOfThePassThatFinishedFinishesNothingMore() {
    StringBuilder yaml = new StringBuilder();
    TestPod pod = pod(yaml, 1, SHORT + "}");
    int port = stage().gateway(yaml.toString()).port();
    Guest payer = guest(port).comesIn("/pay");
    othersComeIn(port, payer);
    Guest copy = guest(port).withJarOf(payer);
    assertThat(payer.sends("/paid", "MD=1", BANK).state()).isEqualTo("finishing");
    assertThat(copy.sends("/paid", "MD=2", BANK).status()).isEqualTo(429);
    assertThat(pod.bodies).contains("MD=1").doesNotContain("MD=2");
  }

  @Test
  void whatNoPodTookDoesNotSpendTheOneLeave() {
    StringBuilder yaml = new StringBuilder();
    pod(yaml, 1, SHORT + "}");
    int port = stage().gateway(yaml.toString()).port();
    Guest payer = guest(port).comesIn("/pay");
    othersComeIn(port, payer);
    Reply refused = payer.sends("/paid?status=503", "MD=1", BANK);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.all("Set-Cookie")).isEmpty();
    assertThat(payer.sends("/paid", "MD=1", BANK).state()).isEqualTo("finishing");
    assertThat(payer.sends("/paid", "MD=1", BANK).status()).isEqualTo(429);
  }

  @Test
  void noSharedCacheKeepsTheGoodbye() {
    StringBuilder yaml = new StringBuilder();
    pod(yaml, 1, SHORT + ", finish: {paths: [/checkout], grace: 1h}}");
    int port = stage().gateway(yaml.toString()).port();
    Guest payer = guest(port).comesIn("/");
    othersComeIn(port, payer);
    Reply thanks = payer.opens("/checkout/thanks?end&cacheControl=public,max-age=600");
    assertThat(thanks.state()).isEqualTo("finishing");
    assertThat(thanks.cookie(way().cookie("usher-pass-concert"))).contains("Max-Age=60;");
    assertThat(thanks.header("Cache-Control")).isEqualTo("private, max-age=600");
  }

  @Test
  void onTheNamedPathsAnythingFinishesForATime() {
    StringBuilder yaml = new StringBuilder();
    pod(yaml, 1, SHORT + ", finish: {paths: [/checkout], grace: 1h}}");
    int port = stage().gateway(yaml.toString()).port();
    Guest payer = guest(port).comesIn("/");
    othersComeIn(port, payer);
    assertThat(payer.posts("/checkout/pay", Guest.BROWSER).state()).isEqualTo("finishing");
    assertThat(payer.opens("/checkout/thanks").state()).isEqualTo("finishing");
    assertThat(payer.fetches("/checkout/thanks.css").state()).isEqualTo("finishing");
    Reply other = payer.opens("/seats");
    assertThat(other.state()).isEqualTo("waiting");
    assertThat(other.body()).contains("Your visit ended because");
  }

  @Test
  void whoseSessionWasEndedHasNoGrace() {
    StringBuilder yaml = new StringBuilder();
    pod(yaml, 1, SHORT + ", finish: {paths: [/checkout]}}");
    int port = stage().gateway(yaml.toString()).port();
    Guest buyer = guest(port).comesIn("/");
    Guest cheat = guest(port).withJarOf(buyer);
    buyer.fetches("/thanks?end");
    Guest next = guest(port).comesIn("/");
    Stage.until(
        "the pass is worth nothing",
        () -> {
          next.fetches("/");
          return cheat.posts("/checkout/pay", Guest.BROWSER).status() == 429;
        });
  }

  @Test
  void nothingIsSentWithTheOldPassFromTheAnswerOnThatEndsTheVisit() {
    StringBuilder yaml = new StringBuilder();
    pod(yaml, 1, "");
    int port = stage().gateway(yaml.toString()).port();
    Guest buyer = guest(port).comesIn("/");
    Guest next = guest(port);
    assertThat(next.opens("/").state()).isEqualTo("waiting");
    Guest cheat = guest(port).withJarOf(buyer);
    assertThat(buyer.fetches("/thanks?end").status()).isEqualTo(200);
    assertThat(cheat.posts("/buy", Guest.BROWSER).status()).isEqualTo(429);
    assertThat(cheat.fetches("/a.css").state()).isEqualTo("ended");
  }

  @Test
  void aFormThatIsLostIsTold() {
    StringBuilder yaml = new StringBuilder();
    TestPod pod = pod(yaml, 1, SHORT + "}");
    int port = stage().gateway(yaml.toString()).port();
    Guest shopper = guest(port).comesIn("/");
    othersComeIn(port, shopper);
    Reply lost = shopper.sends("/pay", "card=1", Guest.BROWSER, "Sec-Fetch-Mode: navigate");
    assertThat(lost.status()).isEqualTo(429);
    assertThat(lost.header("Content-Type")).startsWith("text/html");
    assertThat(lost.body())
        .contains("Nothing was sent", "Your visit ended because", "go back and try again");
    assertThat(pod.bodies).doesNotContain("card=1");
    // A call in the background is told in JSON, as before.
    assertThat(shopper.posts("/pay", "Sec-Fetch-Mode: cors").header("Content-Type"))
        .isEqualTo("application/problem+json");
  }

  /** The visitor is away for longer than the time-out; somebody else has the place. */
  private void othersComeIn(int port, Guest away) {
    assertThat(away.jar()).isNotEmpty();
    Guest other = guest(port);
    assertThat(other.opens("/").state()).isEqualTo("waiting");
    other.comesIn("/");
    Guest waits = guest(port);
    assertThat(waits.opens("/").state()).isEqualTo("waiting");
  }
}
