package dev.usher.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.proxy.ProxyRig;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was sent ahead is carried out and answered, or neither. */
class LastAnswersTest {
  private static final String NEXT =
      "POST /next HTTP/1.1\r\nHost: s\r\nContent-Length: 2\r\n\r\nhi";

  private final ProxyRig rig = new ProxyRig();
  private final Queue<String> arrived = new ConcurrentLinkedQueue<>();

  private void start() {
    rig.pod(
        request -> {
          arrived.add(request.uri());
          if ("/long".equals(request.path())) {
            request.response().setChunked(true);
          }
          request.response().end("answer to " + request.path());
        });
    rig.start();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void whoWaitsForAWordButHasNoBodyKeepsTheConnection() {
    start();
    for (String expect :
        new String[] {
          "Expect: 100-continue\r\n", "Expect: 100-continue\r\nContent-Length: 0\r\n"
        }) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send("GET /first HTTP/1.1\r\nHost: s\r\n" + expect + "\r\n" + NEXT);
        assertThat(visitor.readUntil("answer to /first")).doesNotContain("close");
        visitor.readUntil("answer to /next");
        visitor.send(NEXT).readUntil("answer to /next");
      }
    }
  }

  @Test
  void whatFollowsAnAnswerThatEndsWithTheConnectionIsNotCarriedOut() {
    start();
    String old = " HTTP/1.0\r\nHost: s\r\nConnection: keep-alive\r\n\r\n";
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET /long" + old + "GET /lost" + old);
      assertThat(visitor.readAll())
          .containsIgnoringCase("connection: close")
          .endsWith("answer to /long");
    }
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(NEXT).readUntil("answer to /next");
    }
    assertThat(arrived).containsExactly("/long", "/next");
  }

  @Test
  void whatWasAskedBeforeABodyThatIsNoHttpIsAnsweredFirst() {
    start();
    String chunked = "Host: s\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(NEXT + NEXT + "POST /broken HTTP/1.1\r\n" + chunked + "zz\r\n\r\n" + NEXT);
      assertThat(visitor.readAll())
          .containsSubsequence("1.1 200", "to /next", "1.1 200", "to /next", "1.1 400", "close")
          .containsOnlyOnce("/problems/malformed")
          .doesNotContain("/broken");
    }
    assertThat(arrived).containsExactly("/next", "/next");
  }

  @Test
  void whoIsRefusedBeforeTheBodyIsToldThatTheConnectionEnds() {
    rig.deadPod();
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(
          "POST / HTTP/1.1\r\nHost: s\r\nContent-Length: 70000\r\nExpect: 100-continue\r\n\r\n");
      assertThat(visitor.readAll())
          .startsWith("HTTP/1.1 50")
          .containsIgnoringCase("connection: close");
    }
  }
}
