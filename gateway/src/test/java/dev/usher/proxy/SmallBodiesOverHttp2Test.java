package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawHttp2;
import dev.usher.edge.Wire;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Small bodies whose frames say something else than their heads, and streams that share one way.
 */
class SmallBodiesOverHttp2Test {
  private static final long PROTOCOL_ERROR = 1;
  private static final long CANCEL = 8;

  private final ProxyRig rig = new ProxyRig(Wire.HTTP_2);
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void aPodThatReturnsWhatItGets() {
    rig.cap = 1;
    rig.pod(
        request -> {
          asked.incrementAndGet();
          request.body().onSuccess(body -> request.response().end(body));
        });
    rig.start();
  }

  @AfterEach
  void nothingIsHeldAndNothingFailed() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && rig.bodies.held() == 0);
    assertThat(rig.failures.count()).isZero();
    rig.close();
  }

  private static List<String> post(int length) {
    List<String> fields = RawHttp2.request("/", "content-length", "" + length);
    fields.set(1, "POST");
    return fields;
  }

  @ParameterizedTest
  @CsvSource({"5,four", "5,sixsix", "1,''", "5,''"})
  void aBodyOfAnotherLengthThanAnnouncedIsResetAndNeverHeard(int length, String body) {
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      visitor.headers(1, false, post(length)).data(1, true, body);
      assertThat(visitor.reply(1).reset).isEqualTo(PROTOCOL_ERROR);
      visitor.headers(3, false, post(5)).data(3, false, "hel").data(3, true, "lo");
      assertThat(visitor.reply(3).body()).isEqualTo("hello");
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void aHundredStreamsOfOneConnectionDripAndAnotherIsServed() {
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      for (int stream = 1; stream < 200; stream += 2) {
        visitor.headers(stream, false, post(6)).data(stream, false, "drop");
      }
      ProxyRig.eventually(() -> rig.bodies.held() == 600);
      visitor.headers(201, false, post(2)).data(201, true, "ok");
      assertThat(visitor.reply(201).body()).isEqualTo("ok");
      assertThat(asked).hasValue(1);
      for (int stream = 1; stream < 200; stream += 4) {
        visitor.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, (byte) CANCEL});
      }
      for (int stream = 3; stream < 200; stream += 4) {
        visitor.data(stream, true, "ed");
      }
      for (int stream = 3; stream < 200; stream += 4) {
        assertThat(visitor.reply(stream).body()).isEqualTo("droped");
      }
      assertThat(asked).hasValue(51);
    }
  }
}
