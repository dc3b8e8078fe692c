package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.proxy.ProxyRig;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may come in at all, where the letters of HTTP/1.1 decide. */
@ParameterizedClass
@Over(
    value = Wire.class,
    only = {"HTTP_1", "TLS"})
class EdgeServerTest {
  private final ProxyRig rig;
  private final Queue<String> arrived = new ConcurrentLinkedQueue<>();
  private final Queue<String> hosts = new ConcurrentLinkedQueue<>();

  EdgeServerTest(Wire wire) {
    this.rig = new ProxyRig(wire);
  }

  @BeforeEach
  void aPodThatNotesWhatArrives() {
    rig.pod(
        request -> {
          arrived.add(request.method() + " " + request.uri());
          hosts.add(String.join(" and ", request.headers().getAll("Host")));
          if (request.uri().startsWith("/begun")) {
            request.response().setChunked(true).write("begun");
          } else if (request.uri().startsWith("/read")) {
            request.endHandler(
                v -> {
                  arrived.add("whole");
                  request.response().end("read");
                });
          } else {
            request.response().end("ok");
          }
        });
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: s\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Host: s\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Host: s\r\nContent-Length: 4\r\nContent-Length: 5\r\n",
        "Host: s\r\nContent-Length: +4\r\n",
        "Host: s\r\nContent-Length: 4, 5\r\n",
        "Host: s\r\nContent-Length: -1\r\n",
        "Host: s\r\nContent-Length: 0x4\r\n",
        "Host: s\r\nTransfer-Encoding: xchunked\r\n",
        "Host: s\r\nTransfer-Encoding: chunked, identity\r\n",
        "Host: s\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
        "Host: s\r\nTransfer-Encoding : chunked\r\n",
        "Host: s\r\nTransfer-Encoding: \u000bchunked\r\n",
        "Host: s\r\nContent-Length : 4\r\n",
        "Host: s\r\nBad Name: x\r\n",
        "Host: s\r\nBad(Name: x\r\n",
        "Host: s\r\nX: a\u0000b\r\n",
        "Host: s\r\n: empty\r\n",
        "Host: s\r\nHost: t\r\n",
        "Host: s/evil\r\n",
        "Host: \r\n",
        "X: no host\r\n"
      })
  void whatAPodMightReadOtherwiseIsRefused(String headers) {
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(
          "POST /front HTTP/1.1\r\n" + headers + "\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n");
      visitor.send("Host: s\r\n\r\n");
      assertThat(visitor.readAll()).startsWith("HTTP/1.").contains(" 400 Bad Request");
    }
    assertThat(arrived).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http:///a HTTP/1.1",
        "GET http:/s/a HTTP/1.1",
        "GET http://?a HTTP/1.1",
        "GET http://:80/a HTTP/1.1",
        "GET http://u@s/a HTTP/1.1",
        "GET http://u:p@s/a HTTP/1.1",
        "GET http://s\\t/a HTTP/1.1",
        "GET http://s#/a HTTP/1.1",
        "GET http://s/a#b HTTP/1.1",
        "GET http://s%2fa HTTP/1.1",
        "GET http://s:8o/a HTTP/1.1",
        "GET http://s* HTTP/1.1",
        "GET http://[::1/a HTTP/1.1",
        "GET ftp://s/a HTTP/1.1",
        "GET s:80 HTTP/1.1",
        "CONNECT http://s/a HTTP/1.1",
        "CONNECT other:80 HTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET noslash HTTP/1.1",
        "GET /a#b HTTP/1.1",
        "G(T / HTTP/1.1",
        "GET /\u00e9 HTTP/1.1"
      })
  void aRequestLineThatIsNotPlainIsRefused(String line) {
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(line + "\r\nHost: s\r\n\r\n");
      assertThat(visitor.readAll()).startsWith("HTTP/1.").contains(" 400 Bad Request");
    }
    assertThat(arrived).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example/x?y, 1.1, a.example, /x?y",
    "HTTPS://A.Example:443, 1.1, A.Example:443, /",
    "http://a.example?x=//b/c, 1.1, a.example, /?x=//b/c",
    "http://a.example//b/c, 1.1, a.example, //b/c",
    "http://[::1]:80/x/http://b/, 1.1, [::1]:80, /x/http://b/",
    "http://a.example/x, 1.0, a.example, /x",
  })
  void thePodGetsThePathOfAnAbsoluteTargetAndItsAuthorityAsHost(
      String target, String version, String host, String path) {
    rig.start();
    for (String headers : List.of("Host: b.example\r\n", "Host: a.example\r\n", "")) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send("GET " + target + " HTTP/" + version + "\r\n" + headers);
        visitor.send("Connection: close\r\n\r\n");
        boolean lacksHost = headers.isEmpty() && version.equals("1.1");
        assertThat(visitor.readAll()).startsWith("HTTP/" + version + (lacksHost ? " 400" : " 200"));
      }
    }
    assertThat(arrived).isNotEmpty().containsOnly("GET " + path);
    assertThat(hosts).containsOnly(host);
  }

  @Test
  void aHeadBeyondTheLimitIsAnsweredAsSuch() {
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET / HTTP/1.1\r\nHost: s\r\nX: " + "x".repeat(9000) + "\r\n\r\n");
      assertThat(visitor.readAll()).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void aHeadThatDripsInIsCutOffThoughAnIdleConnectionIsNot() {
    rig.listen = rig.listening(List.of(), ProxyRig.headsWithin(Duration.ofMillis(700)));
    rig.start();
    try (RawVisitor idle = rig.visitor();
        RawVisitor dripping = rig.visitor()) {
      idle.send("GET /one HTTP/1.1\r\nHost: s\r\n\r\n").readUntil("ok");
      dripping.send("GET / HTTP/1.1\r\n");
      long began = System.nanoTime();
      assertThat(dripping.readByte()).isEqualTo(-1);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
      idle.send("GET /two HTTP/1.1\r\nHost: s\r\n\r\n").readUntil("ok");
    }
    assertThat(arrived).containsExactly("GET /one", "GET /two");
  }

  @Test
  void aHeadBeyondTheLimitIsToldOnAPageWhatHelps() {
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET / HTTP/1.1\r\nHost: s\r\nAccept: text/html\r\nCookie: ");
      visitor.send("x".repeat(9000) + "\r\n\r\n");
      assertThat(visitor.readAll())
          .startsWith("HTTP/1.1 431")
          .contains("nosniff", "Clear this site");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "FOO/1.1"})
  void anotherVersionIsToldSo(String version) {
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET / " + version + "\r\nHost: s\r\n\r\n");
      assertThat(visitor.readAll()).startsWith("HTTP/1.").contains(" 505 ");
    }
    assertThat(arrived).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz", "ffffffff1", "100000005", "-1", "5 5", "", "5;a=\"b"})
  void aBodyWhoseChunksAreNoneIsRefused(String size) {
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      // At once: the pod does not wait for a body before it answers.
      visitor.send(
          "POST /odd HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\n"
              + size
              + "\r\nhello\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: s\r\n\r\n");
      assertThat(visitor.readAll()).startsWith("HTTP/1.1 400");
    }
    assertThat(arrived).doesNotContain("GET /smuggled");
  }

  private static String chunked(String target, String more) {
    return "POST " + target + " HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n" + more;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n\r\n",
        "5\r\nhello\r\nzz\r\n\r\n",
        "5\r\nhelloX\r\n0\r\n\r\n",
        "ffffffff1\r\nhello",
        "5\r\nhello\r\n-1\r\n",
        "5;x=SIZE\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0\r\nTRAILER\r\n\r\n"
      })
  void aBodyThatIsNoHttpIsRefusedAsMalformedAndNoPodTakesItForWhole(String body) {
    rig.start();
    String long9000 = "x".repeat(9000);
    String broken = body.replace("SIZE", long9000).replace("TRAILER", "X: " + long9000);
    for (boolean later : new boolean[] {false, true}) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send(chunked("/read/" + later, "\r\n") + (later ? "" : broken));
        if (later) {
          ProxyRig.eventually(() -> arrived.contains("POST /read/true"));
          visitor.send(broken);
        }
        visitor.send("GET /smuggled HTTP/1.1\r\nHost: s\r\n\r\n");
        assertThat(visitor.readAll())
            .startsWith("HTTP/1.1 400 Bad Request")
            .containsOnlyOnce("HTTP/1.")
            .containsIgnoringCase("content-type: application/problem+json")
            .containsIgnoringCase("cache-control: no-store")
            .containsIgnoringCase("connection: close")
            .contains("\"/problems/malformed\"");
      }
    }
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && rig.finished.size() == 2);
    assertThat(rig.finished).containsOnly("400");
    assertThat(arrived).doesNotContain("whole", "GET /smuggled");
    assertThat(rig.failures.count()).isZero();
  }

  @Test
  void aPersonIsToldByAPageThatABodyIsNoHttp() {
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(chunked("/read", "Accept: text/html\r\nAccept-Language: de\r\n\r\nzz\r\n"));
      assertThat(visitor.readAll())
          .startsWith("HTTP/1.1 400")
          .contains("<html lang=\"de\"", "Content-Security-Policy")
          .containsIgnoringCase("connection: close");
    }
  }

  @Test
  void anAnswerThatWasBegunBreaksOffWhenTheBodyIsNoHttp() {
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(chunked("/begun", "\r\n")).readUntil("begun");
      visitor.send("zz\r\n");
      assertThat(visitor.readAll()).doesNotContain("HTTP/1.", "0\r\n\r\n");
    }
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /front HTTP/1.1\r\nHost: s\r\nHost: t\r\n\r\n",
        "GET http://u@s/ HTTP/1.1\r\nHost: s\r\n\r\n",
        "GET http://s/ HTTP/1.1\r\nHost: s\r\nHost: s\r\n\r\n",
        "GET http://s/ HTTP/1.1\r\n\r\n",
        "GET http://s/ HTTP/1.1\r\nHost: s/t\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: s\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: s\r\n\r\n"
      })
  void whatFollowsARefusedRequestIsNotCarriedOutAndTheAnswerIsNotLost(String refused) {
    rig.start();
    String next = "POST /executed HTTP/1.1\r\nHost: s\r\nContent-Length: 1\r\n\r\nx";
    for (int i = 0; i < 30; i++) {
      try (RawVisitor visitor = rig.visitor()) {
        // Much more than is read in one go: closed at once, all this would be met by a reset.
        visitor.send(refused + next.repeat(i % 3 == 0 ? 3000 : 1 + i % 3));
        assertThat(visitor.readAll())
            .startsWith("HTTP/1.")
            .containsPattern(" (400|505) ")
            .containsOnlyOnce("HTTP/1.");
      }
    }
    assertThat(arrived).isEmpty();
  }
}
