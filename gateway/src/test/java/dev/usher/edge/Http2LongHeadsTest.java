package dev.usher.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.proxy.LiteralPod;
import dev.usher.proxy.ProxyRig;
import dev.usher.server.Http2HeadsTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 heads that are longer than a head may be. */
class Http2LongHeadsTest {
  private final ProxyRig rig = new ProxyRig(Wire.HTTP_2);
  private final LiteralPod pod = new LiteralPod();

  @BeforeEach
  void aPodListens() {
    rig.listen = rig.listening(List.of(), Http2HeadsTest.LIMITS);
    rig.rawPod(pod);
    rig.start();
  }

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    rig.close();
  }

  @Test
  void whoHasTooManyCookiesIsToldToClearThem() {
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      for (int size : new int[] {8200, 16_000, 30_000}) {
        int stream = size * 2 + 1;
        byte[] block =
            RawHttp2.block(
                RawHttp2.request("/", "accept", "text/html", "cookie", "c".repeat(size)));
        sendInParts(visitor, stream, block);
        assertThat(visitor.reply(stream).status()).as("%d", size).isEqualTo("431");
        assertThat(visitor.reply(stream).body()).contains("Clear this site's cookies");
      }
      sendInParts(
          visitor, 90_001, RawHttp2.block(RawHttp2.request("/next", "content-length", "0")));
      assertThat(visitor.reply(90_001).body()).isEqualTo("ok");
    }
    assertThat(pod.heads()).hasSize(1);
  }

  @Test
  void aHeadBeyondAllMeasureEndsTheConnection() {
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      byte[] block = RawHttp2.block(RawHttp2.request("/", "cookie", "c".repeat(60_000)));
      sendInParts(visitor, 1, block);
      assertThat(visitor.readAll()).isNotNull();
    }
    assertThat(pod.heads()).isEmpty();
  }

  private static void sendInParts(RawHttp2 visitor, int stream, byte[] block) {
    int part = 16_384;
    for (int at = 0; at < block.length; at += part) {
      byte[] bytes = Arrays.copyOfRange(block, at, Math.min(block.length, at + part));
      int flags =
          (at == 0 ? RawHttp2.END_STREAM : 0)
              | (at + part >= block.length ? RawHttp2.END_HEADERS : 0);
      visitor.frame(at == 0 ? RawHttp2.HEADERS : RawHttp2.CONTINUATION, flags, stream, bytes);
    }
  }
}
