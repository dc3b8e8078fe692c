package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawHttp2;
import dev.usher.proxy.LiteralPod;
import dev.usher.proxy.ProxyRig;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads that are told by the table of fields sent before, or in parts. */
class Http2TableTest {
  private static final long PROTOCOL_ERROR = 1;

  /** The first place of the table that a visitor's own fields take. */
  private static final int NEWEST = 62;

  private static final ProxyRig rig = new ProxyRig();
  private static final LiteralPod pod = new LiteralPod();

  @BeforeAll
  static void aPodThatTakesEveryHeadAtItsWord(@TempDir Path folder) {
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            TestCertificate.writeTo(folder),
            ListenOptions.Proxies.NONE,
            Http2HeadsTest.LIMITS);
    rig.rawPod(pod);
    rig.start();
  }

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    pod.heads();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  /** An ordinary head with a field that the table remembers from now on. */
  private static byte[] remembering(String name, String value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ordinary());
    out.write(0x40);
    RawHttp2.string(out, name);
    RawHttp2.string(out, value);
    return out.toByteArray();
  }

  /** An ordinary head with the field that was remembered last, so many times. */
  private static byte[] recalling(int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ordinary());
    for (int i = 0; i < times; i++) {
      out.write(0x80 | NEWEST);
    }
    return out.toByteArray();
  }

  private static byte[] ordinary() {
    return RawHttp2.block(RawHttp2.request("/", "content-length", "0"));
  }

  private static void answersStill(RawHttp2 visitor, int stream) {
    assertThat(head(visitor, stream, ordinary()).reply(stream).body()).isEqualTo("ok");
  }

  private static RawHttp2 head(RawHttp2 visitor, int stream, byte[] block) {
    int flags = RawHttp2.END_STREAM | RawHttp2.END_HEADERS;
    return visitor.frame(RawHttp2.HEADERS, flags, stream, block);
  }

  @Test
  void aForbiddenFieldThatTheTableRemembersIsForbiddenEachTime() {
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      head(visitor, 1, remembering("x", "a\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: s\r\n\r\n"));
      assertThat(visitor.reply(1).reset).isEqualTo(PROTOCOL_ERROR);
      assertThat(head(visitor, 3, recalling(1)).reply(3).reset).isEqualTo(PROTOCOL_ERROR);
      answersStill(visitor, 5);
    }
    assertThat(pod.heads()).hasSize(1);
  }

  @Test
  void whatTheTableRemembersOfARefusedHeadMeansTheSameToTheNext() {
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      byte[] refused = remembering("x-kept", "value");
      byte[] bad = RawHttp2.block(List.of("connection", "x"));
      byte[] both = Arrays.copyOf(refused, refused.length + bad.length);
      System.arraycopy(bad, 0, both, refused.length, bad.length);
      assertThat(head(visitor, 1, both).reply(1).reset).isEqualTo(PROTOCOL_ERROR);
      assertThat(head(visitor, 3, recalling(1)).reply(3).body()).isEqualTo("ok");
    }
    assertThat(pod.heads()).singleElement().asString().contains("x-kept: value");
  }

  @Test
  void aFewBytesThatUnfoldToMegabytesAreTooLong() {
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      head(visitor, 1, remembering("cookie", "c".repeat(3000)));
      assertThat(visitor.reply(1).body()).isEqualTo("ok");
      assertThat(head(visitor, 3, recalling(8000)).reply(3).status()).isEqualTo("431");
      answersStill(visitor, 5);
    }
    assertThat(pod.heads()).hasSize(2);
  }

  @Test
  void aHeadInPartsIsLookedAtAsOne() {
    byte[] bad = RawHttp2.block(RawHttp2.request("/", "x", "a\r\nb: c", "content-length", "0"));
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      visitor.headers(1, true, RawHttp2.request("/", "content-length", "0")).reply(1);
      inParts(visitor, 3, bad);
      assertThat(visitor.reply(3).reset).isEqualTo(PROTOCOL_ERROR);
      inParts(visitor, 5, ordinary());
      assertThat(visitor.reply(5).body()).isEqualTo("ok");
    }
    assertThat(pod.heads()).hasSize(2);
  }

  private static void inParts(RawHttp2 visitor, int stream, byte[] block) {
    int third = block.length / 3;
    visitor.frame(
        RawHttp2.HEADERS, RawHttp2.END_STREAM, stream, Arrays.copyOfRange(block, 0, third));
    visitor.frame(RawHttp2.CONTINUATION, 0, stream, Arrays.copyOfRange(block, third, 2 * third));
    visitor.frame(
        RawHttp2.CONTINUATION,
        RawHttp2.END_HEADERS,
        stream,
        Arrays.copyOfRange(block, 2 * third, block.length));
  }
}
