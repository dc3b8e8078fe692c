package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What one visitor inside may have on its way, and what streams may. */
@Over(Way.class)
class SessionTurnsTest extends EveryWay {
  private final List<CompletableFuture<Reply>> asked = new ArrayList<>();
  private int port;

  private Guest whoIsIn(int port) {
    Guest guest = guest(port);
    guest.comesIn("/");
    return guest;
  }

  private void asks(Guest guest, String... headers) {
    Guest copy = guest(port).withJarOf(guest);
    asked.add(
        CompletableFuture.supplyAsync(() -> copy.asks("GET", "/?held", headers), Stage.BESIDE));
  }

  @Test
  void aVisitorsRequestsWaitForEachOtherAndForNobodyElse() {
    TestPod pod = stage().pod();
    String room = "    maxInFlightPerPod: 40\nrooms: {concert: {session: {inFlight: 3}}}";
    port = stage().gateway(Stage.shop(pod, 10) + room).port();
    Guest greedy = whoIsIn(port);
    Guest other = whoIsIn(port);
    for (int i = 0; i < 9; i++) {
      asks(greedy, "Accept: */*");
    }
    Stage.until("three are on their way", () -> pod.held() == 3);
    assertThat(other.fetches("/").status()).isEqualTo(200);
    assertThat(pod.held()).isEqualTo(3);
    Stage.until("all of them are answered", () -> areAnswered(pod));
    assertThat(asked).allMatch(reply -> reply.join().status() == 200);
  }

  @Test
  void streamsHaveTheirShareAndTheRestGoesOn() {
    TestPod pod = stage().pod();
    String room = "    maxInFlightPerPod: 4\nrooms: {concert: {}}";
    port = stage().gateway(Stage.shop(pod, 10) + room).port();
    Guest first = whoIsIn(port);
    Guest second = whoIsIn(port);
    asks(first, "Accept: text/event-stream");
    asks(second, "Accept: text/event-stream");
    Stage.until("two streams are on their way", () -> pod.held() == 2);
    Guest third = whoIsIn(port);
    Reply refused = third.asks("GET", "/?held", "Accept: text/event-stream");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).contains("streams_full");
    for (Guest guest : List.of(first, second, third)) {
      assertThat(guest.fetches("/").status()).isEqualTo(200);
    }
    Stage.until("both are answered", () -> areAnswered(pod));
    assertThat(asked).allMatch(reply -> reply.join().status() == 200);
  }

  @Test
  void aPodThatMayHaveOneRequestAtATimeHasOne() {
    try (SlowPod pod = new SlowPod()) {
      String shop =
          """
          upstreams:
            shop:
              pods: ["%s"]
              %s
              maxInFlightPerPod: 1
              probe: {path: /healthz, interval: 200ms, timeout: 10s}
          rooms: {concert: {}}
          """
              .formatted(pod.url(), Stage.bearing(10));
      port = stage().gateway(shop).port();
      List<Guest> guests = List.of(whoIsIn(port), whoIsIn(port), whoIsIn(port));
      for (int i = 0; i < 12; i++) {
        asks(guests.get(i % 3), "Accept: */*");
      }
      assertThat(asked).allMatch(reply -> reply.join().status() == 200);
      assertThat(pod.most()).isEqualTo(1);
    }
  }

  private boolean areAnswered(TestPod pod) {
    pod.release();
    return asked.stream().allMatch(CompletableFuture::isDone);
  }
}
