package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.house.Wait;
import dev.usher.store.redis.OwnRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who paid late comes back to another of three replicas, whatever their store does meanwhile. */
@Over(
    value = Way.class,
    only = {"HTTP_1", "TLS", "HTTP_2"}) // the store is a real one, and late where it is said
@Tag("redis")
class PaidElsewhereTest extends EveryWay {
  private static final String[] BANK = {
    Guest.BROWSER,
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-Dest: document",
    "Sec-Fetch-Site: cross-site",
    "Origin: https://bank.example"
  };

  private static final String NAMED = ", finish: {paths: [/checkout], grace: 1h}";

  @TempDir private Path data = Path.of(".");
  private final List<Gateway> replicas = new ArrayList<>();
  private final TestPod[] pods = new TestPod[1];
  private OwnRedis[] redis = {};

  @BeforeEach
  void startRedis() {
    redis = new OwnRedis[] {new OwnRedis(data)};
  }

  @AfterEach
  void stopRedis() {
    redis[0].thaw();
    redis[0].close();
  }

  private void open(String session) {
    pods[0] = stage().pod();
    for (int i = 0; i < 3; i++) {
      replicas.add(
          stage()
              .gateway(
                  "store: {redis: {url: '"
                      + redis[0].url()
                      + "'}}\n"
                      + Stage.shop(pods[0], 1)
                      + "rooms: {concert: {poll: {min: 200ms}, session: {timeout: 1s"
                      + session
                      + "}}}"));
    }
  }

  private int port(int replica) {
    return replicas.get(replica).port();
  }

  private Guest at(int replica, Map<String, String> jar) {
    Guest guest = guest(port(replica));
    guest.jar().putAll(jar);
    return guest;
  }

  private String pass() {
    return way().cookie("usher-pass-concert");
  }

  /** Comes in, and is away until somebody else has the only place and the pass has run out. */
  private Map<String, String> late() {
    Guest payer = guest(port(0)).comesIn("/checkout");
    Map<String, String> jar = new HashMap<>(payer.jar());
    guest(port(1)).comesIn("/");
    Wait.pause(3000);
    return jar;
  }

  /** Whether the form went on by leave of the session that is over, and not as a newcomer's. */
  private static boolean finished(Reply reply) {
    return "finishing".equals(reply.state()) && reply.status() == 200;
  }

  private long sent(String body) {
    return pods[0].bodies.stream().filter(body::equals).count();
  }

  @Test
  void theBanksFormComesThroughAtAnyReplicaAndAtNoneASecondTime() {
    open("");
    Map<String, String> jar = late();
    Guest payer = at(1, jar);
    assertThat(finished(payer.sends("/paid", "MD=1", BANK))).isTrue();
    Stage.until("the pod has read it", () -> sent("MD=1") == 1);
    assertThat(payer.movesTo(port(2)).opens("/thanks").state()).isEqualTo("ended");
    Stage.until(
        "the old pass finishes nothing, wherever it is shown",
        () -> !finishesAnywhere(jar, "/paid", BANK));
    for (int i = 0; i < 3; i++) {
      Wait.pause(500);
      assertThat(finishesAnywhere(jar, "/paid", BANK)).isFalse();
    }
  }

  @Test
  void twoHundredFormsAtOnceOfOneLatecomerAreOneAtEachReplica() {
    open("");
    Map<String, String> jar = late();
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Guest same = at(i % 3, jar);
      all.add(
          CompletableFuture.supplyAsync(() -> same.sends("/paid", "MD=1", BANK), Stage.BESIDE)
              // Of too many TLS handshakes at once some are broken off.
              .handle((reply, lost) -> reply == null ? 0 : reply.status()));
    }
    assertThat(all).extracting(CompletableFuture::join).isSubsetOf(0, 200, 409, 429, 503);
    // Who came in anew by it shows a pass to the pod.
    long finished =
        pods[0].asked.stream()
            .filter(asked -> asked.uri().equals("/paid") && asked.header("Usher-Pass") == null)
            .count();
    assertThat(finished).isBetween(1L, 3L);
  }

  @Test
  void whoseSessionWasEndedFinishesNowhereNeitherThenNorLater() {
    open(NAMED);
    Guest buyer = guest(port(0)).comesIn("/");
    Map<String, String> old = new HashMap<>(buyer.jar());
    buyer.fetches("/thanks?end");
    Map<String, String> thrown = guest(port(1)).comesIn("/").jar();
    String end = "{\"pass\":\"" + thrown.get(pass()) + "\"}";
    Reply told =
        new Guest(replicas.get(2).opsPort())
            .always("Authorization: Bearer " + Stage.TOKEN)
            .sends("/api/rooms/concert/sessions/end", end, "Content-Type: application/json");
    assertThat(told.status()).isLessThan(300);
    for (Map<String, String> jar : List.of(old, thrown)) {
      Stage.until(
          "it is known everywhere", () -> !finishesAnywhere(jar, "/checkout", Guest.BROWSER));
    }
    // Until long after the passes have run out, and while the store is away.
    for (int i = 0; i < 10; i++) {
      Wait.pause(500);
      assertThat(finishesAnywhere(old, "/checkout/pay", Guest.BROWSER)).isFalse();
      assertThat(finishesAnywhere(thrown, "/checkout/pay", Guest.BROWSER)).isFalse();
      if (i == 6) {
        redis[0].kill();
      }
    }
  }

  private boolean finishesAnywhere(Map<String, String> jar, String path, String... headers) {
    boolean any = false;
    for (int i = 0; i < 3; i++) {
      any |= finished(at(i, jar).sends(path, "again", headers));
    }
    return any;
  }

  @Test
  void aStoreThatIsSilentOrGoneKeepsNobodyFromFinishing() {
    open(NAMED);
    Map<String, String> jar = late();
    for (int i = 0; i < 3; i++) {
      Guest payer = at(i, jar);
      // This is about a store that falls silent, not about replicas that have yet to hear of it.
      Stage.until(
          "it has heard of the store and the pod",
          () -> finished(payer.sends("/checkout/pay", "before", Guest.BROWSER)));
    }
    redis[0].freeze();
    for (int i = 0; i < 3; i++) {
      long began = System.nanoTime();
      Reply paid = at(i, jar).sends("/checkout/pay", "while silent", Guest.BROWSER);
      assertThat(paid.state()).as("%d %s", paid.status(), paid.body()).isEqualTo("finishing");
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(5);
    }
    redis[0].thaw();
    assertThat(at(2, jar).sends("/checkout/pay", "again", Guest.BROWSER).state())
        .isEqualTo("finishing");
    redis[0].kill();
    for (int i = 0; i < 3; i++) {
      assertThat(at(i, jar).sends("/checkout/pay", "while gone", Guest.BROWSER).state())
          .isEqualTo("finishing");
      Reply other = at(i, jar).sends("/seats", "no", Guest.BROWSER);
      assertThat(other.status()).isEqualTo(429);
      assertThat(other.body()).contains("Nothing was sent", "Your visit ended because");
    }
    Stage.until("the pod has read them all", () -> sent("while gone") == 3);
  }

  @Test
  void passesOfOthersBeforeTheOwnOneHideItNot() {
    open(NAMED);
    Guest before = guest(port(0)).comesIn("/");
    before.fetches("/thanks?end");
    String farewell = Objects.requireNonNull(before.jar().get(pass()));
    String own = Objects.requireNonNull(late().get(pass()));
    for (String first : List.of("x", "e30.e30.e30", farewell, own + "x")) {
      Reply paid =
          guest(port(1))
              .sends(
                  "/checkout/pay",
                  "1",
                  Guest.BROWSER,
                  "Cookie: " + pass() + "=" + first + "; " + pass() + "=" + own);
      assertThat(paid.state()).as("behind %s", first).isEqualTo("finishing");
    }
  }
}
