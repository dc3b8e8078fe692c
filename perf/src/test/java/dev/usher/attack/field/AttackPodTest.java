package dev.usher.attack.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pod reads leniently, or it would not notice what a gateway lets through. */
final class AttackPodTest {
  private static final String BURIED =
      "GET /sale/buried HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n";

  private AttackPod pod;
  private RawConnection wire;

  @BeforeEach
  void connect() throws IOException {
    pod = new AttackPod();
    wire = RawConnection.plain(pod.port());
  }

  @AfterEach
  void end() throws IOException {
    wire.close();
    pod.close();
  }

  @Test
  void whatIsBuriedBehindBareLineFeedsIsARequestToIt() throws IOException {
    wire.send("GET /free HTTP/1.1\r\nHost: s\r\nX: y\n\n" + BURIED);

    assertThat(wire.answer(5000).body()).isEqualTo("ok GET /free END");
    assertThat(wire.answer(5000).body()).isEqualTo("ok GET /sale/buried END");
    assertThat(pod.saw("/sale/buried")).isTrue();
  }

  @Test
  void aBodyWithTwoLengthsIsNonsenseToIt() throws IOException {
    wire.send(
        """
        POST /free HTTP/1.1\r
        Host: s\r
        Content-Length: 5\r
        Transfer-Encoding: chunked\r
        \r
        0\r
        \r
        """);

    assertThat(wire.answer(5000).status()).isEqualTo(200);
    assertThat(pod.nonsense()).singleElement().asString().startsWith("two lengths");
  }

  @Test
  void itTellsAnyAnswerThatItIsAskedFor() throws IOException {
    // HTTP/1.1 299 Odd, with nothing in it.
    wire.send(
        "GET /main/raw?r=SFRUUC8xLjEgMjk5IE9kZA0KQ29udGVudC1MZW5ndGg6IDANCg0K HTTP/1.1\r\n\r\n");

    assertThat(wire.answer(5000).status()).isEqualTo(299);
  }
}
