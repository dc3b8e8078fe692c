package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawHttp2;
import dev.usher.edge.RawVisitor;
import dev.usher.proxy.LiteralPod;
import dev.usher.proxy.ProxyRig;
import dev.usher.server.ConnectionObserver.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections over HTTP/2 and TLS that are busy with nothing, or begin and never go on. */
class Http2FloodsTest {
  private static final long ENHANCE_YOUR_CALM = 11;
  private static final ProxyRig rig = new ProxyRig();

  @BeforeAll
  static void aPodThatTakesEveryHeadAtItsWord(@TempDir Path folder) {
    ListenOptions.Limits limits =
        new ListenOptions.Limits(
            8192,
            0,
            256,
            10_000,
            Duration.ofSeconds(60),
            Duration.ofSeconds(620),
            Duration.ofSeconds(3));
    rig.listen =
        new ListenOptions(
            "127.0.0.1", 0, TestCertificate.writeTo(folder), ListenOptions.Proxies.NONE, limits);
    rig.rawPod(new LiteralPod());
    rig.start();
  }

  @AfterEach
  void everySlotIsGivenBackAndNothingIsLeftToTell() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    rig.refused.clear();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  /** A flood, frame by frame, and how many of them are too many. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions are lambdas that know nothing
  enum Flood {
    RESETS(300, Flood::requestAndReset),
    SETTINGS(30, n -> RawHttp2.bytes(RawHttp2.SETTINGS, 0, 0, new byte[0])),
    PINGS(1_100, n -> RawHttp2.bytes(RawHttp2.PING, 0, 0, new byte[8])),
    PRIORITIES(1_100, n -> RawHttp2.bytes(RawHttp2.PRIORITY, 0, 2 * n + 3, new byte[5])),
    WINDOW_UPDATES(
        101_000, n -> RawHttp2.bytes(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1})),
    UNKNOWN(1_100, n -> RawHttp2.bytes(0x42, 0, 0, new byte[0])),
    EMPTY(120, n -> RawHttp2.bytes(RawHttp2.CONTINUATION, 0, 1, new byte[0]));

    private final int frames;
    private final IntFunction<byte[]> frame;

    Flood(int frames, IntFunction<byte[]> frame) {
      this.frames = frames;
      this.frame = frame;
    }

    private static byte[] requestAndReset(int n) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] head = RawHttp2.block(RawHttp2.request("/", "content-length", "0"));
      out.writeBytes(RawHttp2.bytes(RawHttp2.HEADERS, 5, 2 * n + 1, head));
      out.writeBytes(RawHttp2.bytes(RawHttp2.RST_STREAM, 0, 2 * n + 1, new byte[] {0, 0, 0, 8}));
      return out.toByteArray();
    }

    byte[] bytes() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int n = 0; n < frames; n++) {
        out.writeBytes(frame.apply(n));
      }
      return out.toByteArray();
    }
  }

  @ParameterizedTest
  @EnumSource(Flood.class)
  void aFloodIsToldToBeCalmAndAnotherVisitorIsServed(Flood flood) {
    try (RawHttp2 attacker = new RawHttp2(rig.port());
        RawHttp2 visitor = new RawHttp2(rig.port())) {
      if (flood == Flood.EMPTY) {
        attacker.frame(RawHttp2.HEADERS, 0, 1, new byte[0]);
      }
      attacker.writeAsFarAsItGoes(flood.bytes());
      Long told = attacker.readAll();
      // Who still sends may lose the GOAWAY to the reset of the connection: the close counts.
      assertThat(told).isIn(null, ENHANCE_YOUR_CALM);
      visitor.headers(1, true, RawHttp2.request("/", "content-length", "0"));
      assertThat(visitor.reply(1).body()).isEqualTo("ok");
    }
    assertThat(rig.refused).singleElement().asString().startsWith("HTTP2_");
  }

  @Test
  void aHeadThatIsNeverWholeIsCutOff() {
    try (RawHttp2 slow = new RawHttp2(rig.port())) {
      slow.headers(1, true, RawHttp2.request("/", "content-length", "0")).reply(1);
      slow.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 3, RawHttp2.block(List.of("x", "1")));
      assertThat(slow.readAll()).isEqualTo(ENHANCE_YOUR_CALM);
    }
    assertThat(rig.refused).containsExactly(Reason.HTTP2_HEAD_LATE);
  }

  @Test
  void aVisitorWhoShakesHandsAndSaysNothingIsCutOff() {
    try (RawHttp2 silent = RawHttp2.silent(rig.port())) {
      silent.readAll();
    }
    assertThat(rig.refused).containsExactly(Reason.HTTP2_HEAD_LATE);
  }

  @Test
  void aConnectionThatDoesNotBeginAsHttp2IsClosed() {
    try (RawHttp2 wrong = RawHttp2.silent(rig.port())) {
      wrong.write("GET / HTTP/1.1\r\nHost: s\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      wrong.readAll();
    }
    assertThat(rig.refused).containsExactly(Reason.HTTP2_PREFACE);
  }

  @Test
  void theEldestOfTooManyUnfinishedHandshakesGoes() {
    RawVisitor[] unfinished = new RawVisitor[70];
    for (int i = 0; i < unfinished.length; i++) {
      unfinished[i] = rig.visitor();
    }
    assertThat(unfinished[0].readAll()).isEmpty();
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      visitor.headers(1, true, RawHttp2.request("/", "content-length", "0"));
      assertThat(visitor.reply(1).body()).isEqualTo("ok");
    }
    // The others go by time.
    unfinished[unfinished.length - 1].readAll();
    ProxyRig.eventually(() -> rig.refused.contains(Reason.TLS_LATE));
    assertThat(rig.refused).contains(Reason.TLS_HANDSHAKES);
    for (RawVisitor visitor : unfinished) {
      visitor.close();
    }
  }
}
