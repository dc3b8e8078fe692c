package dev.usher.cli.drill.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
  private static final String WAITING =
      """
      HTTP/1.1 200 OK\r
      Content-Type: application/json\r
      usher-state: waiting\r
      Retry-After: 7\r
      Set-Cookie: __Host-usher-ticket-concert=abc.def; Path=/; Secure; HttpOnly\r
      """;

  private final CookieJar jar = new CookieJar();
  private final AnswerReader reader = new AnswerReader(jar);

  @Test
  void anAnswerMayBeCutAnywhereOnItsWay() {
    String answer = WAITING + "Content-Length: 5\r\n\r\nhello";
    for (int cut = 1; cut < answer.length(); cut++) {
      reader.reset();
      assertThat(reader.read(Buffer.buffer(answer.substring(0, cut)))).isFalse();
      assertThat(reader.read(Buffer.buffer(answer.substring(cut)))).isTrue();
      assertWaiting();
    }
  }

  @Test
  void chunksMayBeCutAnywhereOnTheirWay() {
    String answer =
        WAITING
            + "Transfer-Encoding: chunked\r\n\r\n3;a=1f\r\nhel\r\n02\r\nlo\r\n0\r\nX: y\r\n\r\n";
    for (int cut = 1; cut < answer.length(); cut++) {
      reader.reset();
      assertThat(reader.read(Buffer.buffer(answer.substring(0, cut)))).isFalse();
      assertThat(reader.read(Buffer.buffer(answer.substring(cut)))).isTrue();
      assertWaiting();
    }
  }

  private void assertWaiting() {
    assertThat(reader.body()).isEqualTo("hello");
    assertThat(reader.head().status()).isEqualTo(200);
    assertThat(reader.head().state()).isEqualTo("waiting");
    assertThat(reader.head().retryAfter()).isEqualTo(7);
    assertThat(jar.ticketRoom()).isEqualTo("concert");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
      })
  void anAnswerWithoutABodyIsWholeAfterItsHead(String answer) {
    assertThat(reader.read(Buffer.buffer(answer))).isTrue();
    assertThat(reader.body()).isEmpty();
  }

  @Test
  void aBodyWithoutLengthEndsWithItsConnection() {
    assertThat(reader.read(Buffer.buffer("HTTP/1.0 200 OK\r\n\r\nhel"))).isFalse();
    assertThat(reader.read(Buffer.buffer("lo"))).isFalse();
    assertThat(reader.closed()).isTrue();
    assertThat(reader.body()).isEqualTo("hello");
    assertThat(reader.head().lastOne()).isTrue();
  }

  @Test
  void aConnectionThatEndsWithinALengthIsNoWholeAnswer() {
    reader.read(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel"));
    assertThat(reader.closed()).isFalse();
  }

  @Test
  void aLongBodyIsReadToItsEndAndOnlyItsBeginningKept() {
    String body = "x".repeat(100_000);
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
    assertThat(reader.read(Buffer.buffer(head + body))).isTrue();
    assertThat(reader.body()).hasSize(AnswerReader.BODY_KEPT);
  }

  @Test
  void whatIsNotHttpIsRefused() {
    for (String wrong :
        List.of("SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "x".repeat(20_000))) {
      reader.reset();
      assertThatThrownBy(() -> reader.read(Buffer.buffer(wrong)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
