package dev.usher.proxy.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.proxy.ProxyRig;
import dev.usher.proxy.connection.ProxyOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;

/** What one visitor may have on its way at once, and what becomes of the rest. */
@ParameterizedClass
@Over(Wire.class)
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class TurnsTest {
  private static final String SLOW = "GET /held HTTP/1.1\r\nHost: shop\r\nVisitor: %s\r\n\r\n";

  private final ProxyRig rig;
  private final Turns turns = new Turns();
  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private int inFlight = 10;

  TurnsTest(Wire wire) {
    this.rig = new ProxyRig(wire);
  }

  /** One visitor's requests bear their name. */
  private void start(int cap) {
    rig.cap = cap;
    rig.pod(
        request -> {
          if (request.uri().equals("/held")) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            held.add(request);
          } else {
            request.response().end("quick");
          }
        });
    rig.turn = request -> Turn.ofSession(turns, "" + request.getHeader("Visitor"), inFlight);
    rig.start();
  }

  @AfterEach
  void nothingIsLeft() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && turns.visitors() == 0);
    rig.close();
  }

  private int release() {
    int released = 0;
    for (HttpServerRequest one = held.poll(); one != null; one = held.poll()) {
      inside.decrementAndGet();
      one.response().end("held");
      released++;
    }
    return released;
  }

  private List<RawVisitor> crowd(String name, int count) {
    List<RawVisitor> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(rig.visitor().send(SLOW.formatted(name)));
    }
    return all;
  }

  @Test
  void theEleventhWaitsAndNobodyElseDoes() {
    start(100);
    List<RawVisitor> greedy = crowd("greedy", 30);
    ProxyRig.eventually(() -> held.size() == 10);
    try (RawVisitor other = rig.visitor()) {
      other.send("GET / HTTP/1.1\r\nHost: shop\r\nVisitor: other\r\n\r\n").readUntil("quick");
    }
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 10);
    assertThat(rig.set().holding()).isZero();
    int answered = 0;
    while (answered < 30) {
      answered += release();
    }
    greedy.forEach(one -> one.readUntil("held"));
    assertThat(most.get()).isEqualTo(10);
    greedy.forEach(RawVisitor::close);
  }

  @Test
  void aPageThatAsksForFiftyThingsAtOnceGetsThemAll() {
    // Two at a time, each of them slow, take far longer than a request may.
    rig.options =
        new ProxyOptions(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMillis(50), 10);
    start(2);
    rig.vertx.setPeriodic(100, id -> release());
    List<RawVisitor> all = crowd("page", 50);
    all.forEach(one -> one.readUntil("held"));
    assertThat(most.get()).isEqualTo(2);
    all.forEach(RawVisitor::close);
  }

  @Test
  void whoLeavesWhileWaitingIsPassedOver() {
    start(100);
    List<RawVisitor> first = crowd("one", 10);
    ProxyRig.eventually(() -> held.size() == 10);
    List<RawVisitor> second = crowd("one", 5);
    try (RawVisitor last = rig.visitor()) {
      last.send("GET / HTTP/1.1\r\nHost: shop\r\nVisitor: one\r\n\r\n");
      second.forEach(RawVisitor::close);
      ProxyRig.eventually(
          () -> rig.finished.stream().filter("499 VISITOR_LEFT"::equals).count() == 5);
      assertThat(release()).isEqualTo(10);
      last.readUntil("quick");
    }
    assertThat(most.get()).isEqualTo(10);
    first.forEach(RawVisitor::close);
  }

  @Test
  void whoLeavesWhileOnTheWayLetsTheNextOneGo() {
    start(100);
    List<RawVisitor> first = crowd("one", 10);
    ProxyRig.eventually(() -> held.size() == 10);
    List<RawVisitor> second = crowd("one", 10);
    first.forEach(RawVisitor::close);
    ProxyRig.eventually(() -> held.size() == 20);
    release();
    second.forEach(one -> one.readUntil("held"));
    second.forEach(RawVisitor::close);
  }

  @Test
  void aLineThatDoesNotMoveIsToldSoAfterTheTimeOfARequest() {
    rig.options =
        new ProxyOptions(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofMillis(50), 10);
    inFlight = 2;
    start(100);
    // Events in quiet are no time-out where the pod sends some now and then.
    List<RawVisitor> streams = crowd("one", 2);
    ProxyRig.eventually(() -> held.size() == 2);
    held.forEach(one -> one.response().setChunked(true));
    long beat = rig.vertx.setPeriodic(100, id -> held.forEach(one -> one.response().write(".")));
    try (RawVisitor third = rig.visitor()) {
      third.send("GET / HTTP/1.1\r\nHost: shop\r\nVisitor: one\r\n\r\n");
      assertThat(third.readUntil("\r\n\r\n")).contains(" 429 ").contains("retry-after: 1");
    }
    rig.vertx.cancelTimer(beat);
    assertThat(release()).isEqualTo(2);
    streams.forEach(one -> one.readUntil("held"));
    streams.forEach(RawVisitor::close);
  }

  @Test
  void aBodyOfOneWhoWaitsStaysWhole() {
    start(100);
    List<RawVisitor> first = crowd("one", 10);
    ProxyRig.eventually(() -> held.size() == 10);
    try (RawVisitor last = rig.visitor()) {
      last.send("POST / HTTP/1.1\r\nHost: shop\r\nVisitor: one\r\nContent-Length: 10\r\n\r\nhello");
      last.send("world");
      release();
      last.readUntil("quick");
    }
    first.forEach(RawVisitor::close);
  }
}
