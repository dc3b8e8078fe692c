package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever has no session, from however many addresses, leaves the slots to those who have one. */
@Over(Way.class)
class StrangersTogetherTest extends EveryWay {
  private static final String[] PREFLIGHT = {
    "Origin: https://app.example", "Access-Control-Request-Method: POST"
  };
  private static final String[] PICTURE = {"Accept: image/avif,*/*"};

  private final TestPod[] pods = new TestPod[1];
  private final List<CompletableFuture<Reply>> crowd = new ArrayList<>();

  private int house(int slots, String outside) {
    pods[0] = stage().pod();
    int port =
        stage()
            .gateway(
                way().listen("trustedProxies: [127.0.0.1]")
                    + Stage.shop(pods[0], 100)
                    + "    maxInFlightPerPod: "
                    + slots
                    + "\n"
                    + outside
                    + "rooms: {concert: {}}")
            .port();
    Stage.until("the room is open", () -> guest(port).asks("HEAD", "/").status() == 200);
    return port;
  }

  private int held() {
    return pods[0].held();
  }

  /** So many from an address each ask for what the pod does not answer for now. */
  private void come(int port, int count, String method, String... headers) {
    int before = crowd.size();
    for (int i = 0; i < count; i++) {
      Guest one = guest(port).always("X-Forwarded-For: 192.0.2." + (before + i + 1));
      crowd.add(CompletableFuture.supplyAsync(() -> goesOn(one, method, headers), Stage.BESIDE));
    }
  }

  /** On a machine that was busy the room may look shut for a moment. */
  private static Reply goesOn(Guest one, String method, String... headers) {
    Reply[] reply = {one.asks(method, "/?held", headers)};
    Stage.until(
        "the request goes on",
        () -> {
          boolean shut = reply[0].status() == 429 && reply[0].state() == null;
          reply[0] = shut ? one.asks(method, "/?held", headers) : reply[0];
          return !shut;
        });
    return reply[0];
  }

  private Guest inside(int port) {
    return guest(port).always("X-Forwarded-For: 198.51.100.1").comesIn("/");
  }

  private void allAreAnswered() {
    Stage.until(
        "all are answered",
        () -> {
          pods[0].release();
          return crowd.stream().allMatch(CompletableFuture::isDone);
        });
    assertThat(crowd).allMatch(reply -> reply.join().status() == 200);
  }

  @Test
  void preflightsOfManyAddressesHaveATenthOfTheSlotsTogether() {
    int port = house(30, "");
    Guest inside = inside(port);
    come(port, 12, "OPTIONS", PREFLIGHT);
    Stage.until("three are at the pod", () -> held() == 3);
    assertThat(inside.fetches("/api").status()).isEqualTo(200);
    assertThat(inside.fetches("/api").status()).isEqualTo(200); // some time later it is still so
    assertThat(held()).isEqualTo(3);
    allAreAnswered();
  }

  @Test
  void soHasWhatIsNobodysArrivalWhileTheRoomIsFree() {
    int port = house(30, "");
    Guest inside = inside(port);
    come(port, 6, "GET", PICTURE);
    come(port, 6, "GET", Guest.BROWSER, "Sec-Purpose: prefetch");
    Stage.until("three are at the pod", () -> held() == 3);
    assertThat(inside.fetches("/api").status()).isEqualTo(200);
    assertThat(inside.fetches("/api").status()).isEqualTo(200);
    assertThat(held()).isEqualTo(3);
    allAreAnswered();
  }

  @Test
  void picturesThatTakeTheirTimeAreInNoPreflightsWay() {
    int port = house(30, "");
    come(port, 6, "GET", PICTURE);
    Stage.until("three are at the pod", () -> held() == 3);
    Guest app = guest(port).always("X-Forwarded-For: 198.51.100.2");
    assertThat(app.asks("OPTIONS", "/", PREFLIGHT).status()).isEqualTo(200);
    allAreAnswered();
  }

  @Test
  void inASmallHouseTheyComeOneByOne() {
    int port = house(4, "");
    Guest inside = inside(port);
    come(port, 4, "OPTIONS", PREFLIGHT);
    Stage.until("one is at the pod", () -> held() == 1);
    assertThat(inside.fetches("/api").status()).isEqualTo(200);
    assertThat(held()).isEqualTo(1);
    allAreAnswered();
  }

  @Test
  void oneAddressLeavesOthersTheirPartOfThat() {
    int port = house(100, "");
    Guest greedy = guest(port).always("X-Forwarded-For: 192.0.2.1");
    Stream.generate(() -> greedy)
        .limit(12)
        .forEach(
            one ->
                crowd.add(
                    CompletableFuture.supplyAsync(
                        () -> one.asks("OPTIONS", "/?held", PREFLIGHT), Stage.BESIDE)));
    Stage.until("five are at the pod", () -> held() == 5);
    assertThat(inside(port).asks("OPTIONS", "/", PREFLIGHT).status()).isEqualTo(200);
    assertThat(held()).isEqualTo(5);
    allAreAnswered();
  }

  @Test
  void whoeverIsListedIsNotCountedAmongThem() {
    int port = house(30, "    outside: {unlimitedFrom: [192.0.2.0/24]}\n");
    come(port, 8, "OPTIONS", PREFLIGHT);
    Stage.until("all are at the pod", () -> held() == 8);
    allAreAnswered();
  }

  @Test
  void theyAreBoundAlsoWhereNoAddressIs() {
    int port = house(30, "    outside: {inFlightPerAddress: 0}\n");
    come(port, 8, "OPTIONS", PREFLIGHT);
    Stage.until("three are at the pod", () -> held() == 3);
    assertThat(inside(port).fetches("/api").status()).isEqualTo(200);
    assertThat(held()).isEqualTo(3);
    allAreAnswered();
  }
}
