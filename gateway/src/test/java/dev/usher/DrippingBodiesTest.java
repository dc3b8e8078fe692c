package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.Talk;
import dev.usher.house.Over;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Visitors inside who send a small body drop by drop. */
@Over(Way.class)
class DrippingBodiesTest extends EveryWay {
  private static final String ROOM = "    maxInFlightPerPod: 2\nrooms: {concert: {}}";

  private final List<Talk> open = new ArrayList<>();

  private Guest whoIsIn(int port) {
    Guest guest = guest(port);
    guest.comesIn("/");
    return guest;
  }

  /** Sends all of a request but the last byte of its body. */
  private Talk drips(Guest guest, int port) throws IOException {
    Talk talk = way().wire().open(port, 15_000);
    open.add(talk);
    Map.Entry<String, String> pass = guest.jar().entrySet().iterator().next();
    String head =
        "POST /pay HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nCookie: %s=%s\r\n\r\nyes"
            .formatted(pass.getKey(), pass.getValue());
    talk.out().write(head.getBytes(StandardCharsets.US_ASCII));
    talk.out().flush();
    return talk;
  }

  private static String ends(Talk drip) throws IOException {
    drip.out().write('!');
    drip.out().flush();
    return new String(drip.in().readNBytes(12), StandardCharsets.US_ASCII);
  }

  @Test
  void areInNobodysWayAndReachThePodWhenTheyAreWhole() throws IOException {
    TestPod pod = stage().pod();
    int port = stage().gateway(Stage.shop(pod, 10) + ROOM).port();
    Guest slow = whoIsIn(port);
    Guest other = whoIsIn(port);
    pod.asked.clear();
    for (int i = 0; i < 10; i++) {
      drips(slow, port);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(other.fetches("/").status()).isEqualTo(200);
      assertThat(slow.fetches("/").status()).isEqualTo(200);
    }
    assertThat(pod.asked).noneMatch(asked -> asked.method().equals("POST"));
    for (Talk drip : open) {
      assertThat(ends(drip)).isEqualTo("HTTP/1.1 200");
      drip.close();
    }
    assertThat(pod.asked).filteredOn(asked -> asked.method().equals("POST")).hasSize(10);
  }

  @Test
  void areWaitedForByAStop() throws Exception {
    TestPod pod = stage().pod();
    Gateway gateway = stage().gateway("drain: 20s\n" + Stage.shop(pod, 10) + ROOM);
    Guest slow = whoIsIn(gateway.port());
    try (Talk drip = drips(slow, gateway.port())) {
      // By now the head of the other is there, too: on whichever loop, none is that far behind.
      for (int i = 0; i < 10; i++) {
        slow.fetches("/");
      }
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::stop, Stage.BESIDE);
      Guest operator = new Guest(gateway.opsPort());
      Stage.until("it stops", () -> operator.asks("GET", "/readyz").body().contains("draining"));
      assertThat(ends(drip)).isEqualTo("HTTP/1.1 200");
      stopped.get(10, TimeUnit.SECONDS);
    }
  }
}
