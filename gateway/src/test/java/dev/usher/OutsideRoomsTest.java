package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@Over(Way.class)
class OutsideRoomsTest extends EveryWay {
  private static final String FLOOD = "X-Forwarded-For: 192.0.2.1";

  @Test
  void manyFromOneAddressThatNoRoomHoldsBackWaitForEachOtherAndForNobodyElse() {
    TestPod pod = stage().pod();
    int port =
        stage()
            .gateway(
                way().listen("trustedProxies: [127.0.0.1]")
                    + Stage.shop(pod, 10)
                    + "    outside: {inFlightPerAddress: 3}\n"
                    + "defaultUpstream: shop\n"
                    + "rooms: {concert: {paths: [/sale], bypass: {paths: [/sale/open]}}}")
            .port();
    List<CompletableFuture<Reply>> flood =
        Stream.of("/sale/open?held=1", "/other?held=1", "/?held=1", "/?held=2", "/sale/open?held=2")
            .map(target -> CompletableFuture.supplyAsync(() -> by(port, target), Stage.BESIDE))
            .toList();
    Stage.until("three are on their way", () -> pod.held() == 3);
    Guest other = guest(port).always("X-Forwarded-For: 198.51.100.7");
    assertThat(other.fetches("/other").status()).isEqualTo(200);
    // Who is inside has turns of their own, from the same address, too.
    assertThat(guest(port).always(FLOOD).opens("/sale").state()).isEqualTo("admitted");
    assertThat(pod.held()).isEqualTo(3);
    Stage.until(
        "all of them are answered",
        () -> {
          pod.release();
          return flood.stream().allMatch(CompletableFuture::isDone);
        });
    assertThat(flood).allMatch(reply -> reply.join().status() == 200);
  }

  private Reply by(int port, String target) {
    return guest(port).always(FLOOD).fetches(target);
  }
}
