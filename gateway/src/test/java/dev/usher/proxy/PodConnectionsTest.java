package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.Http2Visitor;
import dev.usher.edge.RawVisitor;
import dev.usher.house.Wait;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which connections to pods are used again, and what pods may say before they answer. */
class PodConnectionsTest {
  private static final String GET = RawVisitor.head("GET / HTTP/1.1", "Host: shop");
  private static final String POST =
      RawVisitor.head("POST / HTTP/1.1", "Host: shop", "Content-Length: 0");
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";

  private final ProxyRig rig = new ProxyRig();
  private final AtomicInteger connections = new AtomicInteger();

  @AfterEach
  void everySlotIsGivenBackAndNothingFailed() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    assertThat(rig.failures.count()).isZero();
    rig.close();
  }

  private void podSaying(String answer) {
    rig.rawPod(
        socket -> {
          connections.incrementAndGet();
          socket.handler(in -> socket.write(answer));
        });
  }

  @Test
  void whatMayNotBeSentTwiceGoesOnNoConnectionThatWasIdleForMoreThanASecond() {
    podSaying(OK + "\r\nok");
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(GET).readUntil("\r\n\r\nok");
      visitor.send(POST).readUntil("\r\n\r\nok");
      assertThat(connections).hasValue(1);
      Wait.pause(1800);
      visitor.send(POST).readUntil("\r\n\r\nok");
      assertThat(connections).hasValue(2);
      visitor.send(GET).readUntil("\r\n\r\nok");
      assertThat(connections).hasValue(2);
    }
  }

  @Test
  void aConnectionIsKeptForNoLongerThanItsPodSays() {
    podSaying(OK + "Keep-Alive: timeout=2, max=100\r\n\r\nok");
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(GET).readUntil("\r\n\r\nok");
      visitor.send(GET).readUntil("\r\n\r\nok");
      assertThat(connections).hasValue(1);
      Wait.pause(1600);
      visitor.send(GET).readUntil("\r\n\r\nok");
      assertThat(connections).hasValue(2);
    }
  }

  @Test
  void aStormOfInterimAnswersIsABadAnswer() {
    podSaying("HTTP/1.1 102 Processing\r\n\r\n".repeat(200) + OK + "\r\nok");
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      String told = visitor.send(GET).readUntil("}");
      assertThat(told).startsWith("HTTP/1.1 502").contains("bad_answer");
    }
  }

  @Test
  void earlyHintsReachWhoSpeaksHttp2AndNobodyElse(@TempDir Path folder) {
    podSaying("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nX: y\r\n\r\n" + OK + "\r\nok");
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            TestCertificate.writeTo(folder),
            ListenOptions.Proxies.NONE,
            ProxyRig.LIMITS);
    rig.start();
    Queue<String> hints = new ConcurrentLinkedQueue<>();
    try (Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port())) {
      HttpClientRequest request = visitor.request("GET", "/");
      request.earlyHintsHandler(headers -> hints.add(headers.get("link")));
      CompletableFuture<String> answer = Http2Visitor.answer(request);
      var unused = request.end();
      assertThat(answer.join()).isEqualTo("200 ok");
    }
    assertThat(hints).containsExactly("</a.css>");
  }

  @Test
  void onlyWebSocketIsUpgradedAndOnlyWhereItIsAnswered() {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    rig.rawPod(
        socket ->
            socket.handler(
                in -> {
                  seen.add(in.toString());
                  switchTo("mqtt", socket);
                }));
    rig.start();
    for (String wish : List.of("mqtt", "websocket")) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send(
            RawVisitor.head(
                "GET / HTTP/1.1", "Host: shop", "Connection: Upgrade", "Upgrade: " + wish));
        assertThat(visitor.readUntil("}")).startsWith("HTTP/1.1 502").contains("bad_answer");
      }
    }
    assertThat(seen).hasSize(2);
    assertThat(seen.remove()).doesNotContainIgnoringCase("upgrade");
    assertThat(seen.remove()).containsIgnoringCase("upgrade: websocket");
  }

  private static void switchTo(String protocol, NetSocket socket) {
    socket.write(
        RawVisitor.head(
            "HTTP/1.1 101 Switching Protocols", "Connection: Upgrade", "Upgrade: " + protocol));
  }

  @Test
  void aSlowReaderGetsAllOfAnAnswerWhosePodIsGoneByThen() {
    int size = 8 * 1024 * 1024;
    rig.rawPod(
        socket ->
            socket.handler(
                in -> {
                  var unused =
                      socket.write(
                          RawVisitor.head("HTTP/1.1 200 OK", "Connection: close")
                              + "x".repeat(size));
                  socket.end();
                }));
    rig.options =
        new ProxyOptions(Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ofMillis(300), 9);
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(GET).readUntil("\r\n\r\n");
      Wait.pause(500);
      assertThat(visitor.skip(size)).isEqualTo(size);
    }
  }
}
