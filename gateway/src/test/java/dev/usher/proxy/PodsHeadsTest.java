package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawHttp2;
import dev.usher.edge.RawVisitor;
import dev.usher.http.FieldRules;
import dev.usher.server.Http2HeadsTest;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte in the head of a pod's answer: it must not become a second answer to a visitor. */
class PodsHeadsTest {
  private static final ProxyRig rig = new ProxyRig();
  private static final ProxyRig overTls = new ProxyRig();

  private static final String GOOD =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

  private static volatile String answer = "";

  @BeforeAll
  static void aPodThatAnswersAsTheTestSays(@TempDir Path folder) {
    overTls.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            TestCertificate.writeTo(folder),
            ListenOptions.Proxies.NONE,
            Http2HeadsTest.LIMITS);
    for (ProxyRig each : List.of(rig, overTls)) {
      each.rawPod(
          socket ->
              socket.handler(
                  asked ->
                      socket.end(Buffer.buffer(answer.getBytes(StandardCharsets.ISO_8859_1)))));
      each.start();
    }
  }

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(
        () -> rig.set().roster().inFlight() + overTls.set().roster().inFlight() == 0);
  }

  @AfterAll
  static void close() {
    rig.close();
    overTls.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: a%cb", "X%cy: 1", "Set-Cookie: a=b%cc", "%cX: 1"})
  void noByteOfAPodsHeadSplitsItsAnswer(String line) {
    for (int c = 0; c < 256; c++) {
      answer =
          "HTTP/1.1 200 OK\r\n"
              + line.formatted((char) c)
              + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send("GET / HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n");
        String came = visitor.readAll();
        assertThat(came).as("byte %d", c).matches("(?s)HTTP/1.1 (200|502) .*");
        String head = came.substring(0, came.indexOf("\r\n\r\n"));
        for (String field : head.split("\r\n", -1)) {
          assertThat(field).as("byte %d", c).matches("[\\t\\x20-\\x7e\\x80-\\xff]*");
        }
        assertThat(came.toLowerCase(Locale.ROOT)).as("byte %d", c).doesNotContain("\ny: 1");
      }
      // A pod all of whose answers are bad would be put out.
      answer = GOOD;
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send("GET / HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n");
        assertThat(visitor.readAll()).as("after byte %d", c).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: a%cb", "X%cy: 1", "%cX: 1"})
  void noByteOfAPodsHeadMakesAnHttp2AnswerInvalid(String line) {
    try (RawHttp2 visitor = new RawHttp2(overTls.port())) {
      for (int c = 0; c < 256; c++) {
        answer =
            "HTTP/1.1 200 OK\r\n"
                + line.formatted((char) c)
                + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
        int stream = 4 * c + 1;
        visitor.headers(stream, true, RawHttp2.request("/", "content-length", "0"));
        RawHttp2.Reply reply = visitor.reply(stream);
        assertThat(reply.status()).as("byte %d", c).isIn("200", "502");
        reply
            .fields()
            .forEach(
                (name, value) -> {
                  assertThat(name).matches(":status|[a-z0-9!#$%&'*+.^_`|~-]+");
                  assertThat(FieldRules.isValue(value)).as("%s: %s", name, value).isTrue();
                });
        answer = GOOD;
        visitor.headers(stream + 2, true, RawHttp2.request("/", "content-length", "0"));
        assertThat(visitor.reply(stream + 2).status()).as("after byte %d", c).isEqualTo("200");
      }
    }
  }
}
