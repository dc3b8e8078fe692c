package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.house.Wait;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.proxy.turn.Turn;
import dev.usher.proxy.turn.Turns;
import dev.usher.server.LeastRate;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;

/** Small bodies, which are whole before their requests ask for a slot. */
@ParameterizedClass
@Over(Wire.class)
class SmallBodiesTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";
  private static final int LARGEST = 64 * 1024;

  private final Wire wire;
  private final ProxyRig rig;
  private final Turns turns = new Turns();
  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();

  SmallBodiesTest(Wire wire) {
    this.wire = wire;
    this.rig = new ProxyRig(wire);
  }

  private void start(int cap) {
    rig.cap = cap;
    rig.pod(
        request -> {
          if ("/held".equals(request.path())) {
            held.add(request);
          } else if (request.method().equals(HttpMethod.GET)
              && !request.headers().contains("Content-Length")) {
            request.response().end("quick");
          } else {
            request
                .body()
                .onSuccess(
                    body -> {
                      request.response().headers().set("Method", request.method().name());
                      request
                          .response()
                          .headers()
                          .set("Expected", "" + request.getHeader("Expect"));
                      request
                          .response()
                          .headers()
                          .set("Sum", "" + body.toString("latin1").hashCode());
                      request.response().end(body);
                    });
          }
        });
    rig.start();
  }

  @AfterEach
  void nothingIsHeldAndNothingFailed() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && rig.bodies.held() == 0);
    ProxyRig.eventually(() -> turns.visitors() == 0);
    assertThat(rig.failures.count()).isZero();
    rig.close();
  }

  private static String announcing(String method, int length) {
    return RawVisitor.head(method + " /a HTTP/1.1", "Host: shop", "Content-Length: " + length);
  }

  @Test
  void aBodyThatDripsHoldsNoSlotWhileAnotherUsesTheOnlyOneThereIs() {
    start(1);
    try (RawVisitor drips = rig.visitor();
        RawVisitor other = rig.visitor()) {
      drips.send(announcing("POST", 6) + "d");
      ProxyRig.eventually(() -> rig.bodies.held() == 6);
      for (char drop : "rips".toCharArray()) {
        drips.send("" + drop);
        other.send(GET).readUntil("quick");
      }
      assertThat(rig.set().roster().inFlight()).isZero();
      other.send("GET /held HTTP/1.1\r\nHost: shop\r\n\r\n");
      ProxyRig.eventually(() -> held.size() == 1);
      drips.send("!");
      ProxyRig.eventually(() -> rig.set().holding() == 1);
      held.element().response().end("done");
      other.readUntil("done");
      drips.readUntil("drips!");
    }
  }

  @Test
  void bodiesOfEverySizeArriveByteByByteHoweverTheyAreCut() {
    start(10);
    Random chance = new Random(5);
    try (RawVisitor visitor = rig.visitor()) {
      for (int size : new int[] {1, 4095, 4096, 4097, 20_000, LARGEST - 1, LARGEST, LARGEST + 1}) {
        byte[] body = new byte[size];
        chance.nextBytes(body);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (String method : List.of("POST", "GET", "DELETE", "OPTIONS")) {
          visitor.send(announcing(method, size));
          for (int at = 0, next; at < size; at = next) {
            next = Math.min(size, at + 1 + chance.nextInt(size));
            visitor.send(text.substring(at, next));
          }
          String head = visitor.readUntil("\r\n\r\n").toLowerCase(java.util.Locale.ROOT);
          assertThat(head).contains("sum: " + text.hashCode(), "content-length: " + size);
          assertThat(visitor.skip(size)).isEqualTo(size);
        }
      }
      visitor.send(announcing("HEAD", 5) + "hello").readUntil("\r\n\r\n");
      visitor.send(GET).readUntil("quick");
    }
  }

  @Test
  void requestsThatComeInOneGoAreAnsweredInTheirOrder() {
    start(1);
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send((announcing("POST", 5) + "hello" + GET).repeat(3));
      for (int i = 0; i < 3; i++) {
        visitor.readUntil("hello");
        visitor.readUntil("quick");
      }
    }
  }

  @Test
  void aBodyThatNeverBecomesWholeReachesNoPodAndLeavesNothing() {
    start(1);
    for (int i = 0; i < 5; i++) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send(announcing("POST", 100) + "x".repeat(99));
        ProxyRig.eventually(() -> rig.bodies.held() == 100);
      }
      ProxyRig.eventually(() -> rig.bodies.held() == 0);
    }
    assertThat(rig.finished).hasSize(5).containsOnly("499 VISITOR_LEFT");
  }

  @Test
  void aBodyThatDripsTooSlowlyIsEndedAndOneThatStopsToo() {
    rig.options = rig.options.atLeast(new LeastRate(500, Duration.ofMillis(600)));
    start(1);
    try (RawVisitor drips = rig.visitor();
        RawVisitor stops = rig.visitor()) {
      stops.send(announcing("POST", 600) + "x");
      drips.send(announcing("POST", 600));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (rig.finished.size() < 2 && System.nanoTime() < end) {
        drips.send("x");
        Wait.pause(50);
      }
      assertThat(drips.readUntil("}\n")).startsWith("HTTP/1.1 408");
      assertThat(stops.readUntil("}\n")).startsWith("HTTP/1.1 408");
      assertThat(rig.finished).containsOnly("408 VISITOR_STALLED");
    }
  }

  @Test
  void aThousandDripsOfOneVisitorAreBoundedAndInNobodysWay() {
    int crowd = wire == Wire.HTTP_1 ? 1000 : 300; // handshakes are dear
    int may = turns.bodiesMax();
    rig.turn = request -> Turn.ofSession(turns, "" + request.getHeader("Visitor"), 10);
    // So large a crowd takes its time to come, and nobody of it may be late meanwhile.
    Duration time = Duration.ofSeconds(60);
    rig.options = new ProxyOptions(time, time, time, 10);
    start(2);
    List<RawVisitor> drips = new ArrayList<>();
    String drip = "POST / HTTP/1.1\r\nHost: shop\r\nVisitor: one\r\nContent-Length: 65536\r\n\r\nx";
    for (int i = 0; i < crowd; i++) {
      drips.add(rig.visitor().send(drip));
    }
    int tooMany = crowd - Turns.WAITING_MAX - may;
    ProxyRig.eventually(() -> rig.finished.size() == tooMany);
    assertThat(rig.finished).containsOnly("429 TOO_MANY_AT_ONCE");
    ProxyRig.eventually(() -> rig.bodies.held() == (long) may * LARGEST);
    assertThat(rig.set().roster().inFlight()).isZero();
    for (String name : List.of("other", "one")) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send("GET / HTTP/1.1\r\nHost: shop\r\nVisitor: " + name + "\r\n\r\n");
        visitor.readUntil("quick");
      }
    }
    drips.forEach(RawVisitor::close);
  }

  @Test
  void whoWaitsToBeReadIsReadWhenOthersOfTheSameVisitorAreSent() {
    rig.turn = request -> Turn.ofSession(turns, "one", 10);
    start(2);
    int crowd = turns.bodiesMax() + 10;
    List<RawVisitor> all = new ArrayList<>();
    for (int i = 0; i < crowd; i++) {
      all.add(rig.visitor().send(announcing("POST", 2) + (i < crowd - 10 ? "o" : "ok")));
    }
    ProxyRig.eventually(() -> turns.visitors() == 1);
    for (int i = 0; i < crowd - 10; i++) {
      all.get(i).send("k");
    }
    all.forEach(one -> one.readUntil("\r\n\r\nok"));
    all.forEach(RawVisitor::close);
  }

  @Test
  void whoWaitsForTheWordIsToldToGoOnBeforeThereIsASlot() {
    start(1);
    String waits =
        RawVisitor.head(
            "POST /a HTTP/1.1", "Host: shop", "Content-Length: 4", "Expect: 100-continue");
    try (RawVisitor other = rig.visitor();
        RawVisitor visitor = rig.visitor()) {
      other.send("GET /held HTTP/1.1\r\nHost: shop\r\n\r\n");
      ProxyRig.eventually(() -> held.size() == 1);
      visitor.send(waits).readUntil("HTTP/1.1 100 Continue\r\n\r\n");
      visitor.send("body");
      ProxyRig.eventually(() -> rig.set().holding() == 1);
      held.element().response().end("done");
      assertThat(visitor.readUntil("\r\n\r\nbody")).startsWith("HTTP/1.1 200").contains("null");
      visitor.send(GET).readUntil("quick");
      other.readUntil("done");
    }
  }

  @Test
  void whereTheMemoryForThemIsFullTheyAreStreamedAsLongOnesAre() {
    rig.bodies = new BodyMemory(5);
    start(2);
    try (RawVisitor first = rig.visitor();
        RawVisitor second = rig.visitor()) {
      first.send(announcing("POST", 4) + "a");
      ProxyRig.eventually(() -> rig.bodies.held() == 4);
      second.send(announcing("POST", 4) + "b");
      ProxyRig.eventually(() -> rig.set().roster().inFlight() == 1);
      second.send("bbb").readUntil("bbbb");
      first.send("aaa").readUntil("aaaa");
    }
  }

  @Test
  void aSafeRequestTakesItsBodyToAnotherPod() {
    rig.deadPod();
    start(10);
    for (int i = 0; i < 20; i++) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send(announcing("GET", 5) + "hello");
        visitor.readUntil("\r\n\r\nhello");
      }
    }
    assertThat(rig.retries).hasValue(3);
  }
}
