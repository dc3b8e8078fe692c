package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.proxy.turn.Turn;
import dev.usher.proxy.turn.Turns;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many slots streams may hold, and that all else goes on beside them. */
@ParameterizedClass
@Over(Wire.class)
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class StreamsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";
  private static final String SOCKET =
      RawVisitor.head(
          "GET /ws HTTP/1.1",
          "Host: shop",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Version: 13");
  private static final String EVENTS =
      "GET /events HTTP/1.1\r\nHost: shop\r\nAccept: text/event-stream\r\n\r\n";
  private static final String UNASKED = "GET /events HTTP/1.1\r\nHost: shop\r\n\r\n";
  private static final String DRIP =
      "POST /upload HTTP/1.1\r\nHost: shop\r\nContent-Length: 100000\r\n\r\nx";

  private final Wire wire;
  private final ProxyRig rig;
  private final Queue<HttpServerRequest> open = new ConcurrentLinkedQueue<>();
  private final List<RawVisitor> visitors = new ArrayList<>();

  StreamsTest(Wire wire) {
    this.wire = wire;
    this.rig = new ProxyRig(wire);
  }

  private void start(int cap) {
    rig.cap = cap;
    rig.pod(
        request -> {
          switch ("" + request.path()) {
            case "/ws" -> request.toWebSocket();
            case "/events" -> {
              open.add(request);
              request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
              request.response().write("data: 1\n\n");
            }
            case "/upload" -> request.body().onSuccess(body -> request.response().end("all"));
            default -> request.response().end("quick");
          }
        });
    rig.start();
  }

  /** A stream as it can be asked for: HTTP/2 has no upgrade of a connection. */
  private String spoken(String stream) {
    return wire == Wire.HTTP_2 && stream.equals(SOCKET) ? EVENTS : stream;
  }

  private RawVisitor comes(String request) {
    RawVisitor visitor = rig.visitor().send(spoken(request));
    visitors.add(visitor);
    return visitor;
  }

  @AfterEach
  void everySlotIsGivenBack() {
    visitors.forEach(RawVisitor::close);
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && rig.set().streams() == 0);
    rig.close();
  }

  static List<String> streams() {
    return List.of(SOCKET, EVENTS, UNASKED);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void streamsHoldHalfOfTheSlotsAndTheNextIsToldSo(String stream) {
    start(8);
    for (int i = 0; i < 4; i++) {
      comes(stream).readUntil("\r\n\r\n");
    }
    assertThat(comes(stream).readUntil("\r\n\r\n")).contains(" 503 ").contains("retry-after: 1");
    comes(GET).readUntil("quick");
    assertThat(rig.finished).contains("503 STREAMS_FULL");
    // One that goes makes room for another.
    visitors.get(0).close();
    ProxyRig.eventually(() -> rig.set().streams() == 3);
    comes(stream).readUntil("\r\n\r\n");
    assertThat(rig.set().streams()).isEqualTo(4);
  }

  @Test
  void aBodyThatDripsIsAStreamAfterASecond() {
    start(4);
    for (int i = 0; i < 4; i++) {
      comes(DRIP);
    }
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 2 && rig.set().streams() == 2);
    assertThat(rig.finished).containsExactly("503 STREAMS_FULL", "503 STREAMS_FULL");
    comes(GET).readUntil("quick");
    visitors.forEach(one -> one.send("x".repeat(99_999)));
    ProxyRig.eventually(() -> rig.finished.stream().filter("200"::equals).count() == 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void oneStreamGoesThroughEvenWhereSlotsAreFew(int cap) {
    start(cap);
    comes(SOCKET).readUntil("\r\n\r\n");
    assertThat(comes(SOCKET).readUntil("\r\n\r\n")).contains(" 503 ");
    if (cap > 1) {
      comes(GET).readUntil("quick");
    }
  }

  @Test
  void aVisitorsStreamsLeaveAWayToTheVisitorsPage() {
    Turns turns = new Turns();
    rig.turn = request -> Turn.ofSession(turns, "one", 10);
    start(100);
    for (int i = 0; i < 8; i++) {
      comes(SOCKET).readUntil("\r\n\r\n");
    }
    assertThat(comes(SOCKET).readUntil("\r\n\r\n")).contains(" 503 ");
    comes(GET).readUntil("quick");
    visitors.forEach(RawVisitor::close);
    ProxyRig.eventually(() -> turns.visitors() == 0);
  }
}
