package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.house.Wait;
import dev.usher.pods.Pod;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.Slot;
import dev.usher.proxy.connection.ProxyOptions;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;

/** What the proxy does when pods, visitors or both behave badly. */
@ParameterizedClass
@Over(Wire.class)
class ProxyTroubleTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";

  private final Wire wire;
  private final ProxyRig rig;

  ProxyTroubleTest(Wire wire) {
    this.wire = wire;
    this.rig = new ProxyRig(wire);
  }

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    rig.close();
  }

  @Test
  void noPodEverHasMoreInFlightThanItsCapThoughFiveHundredAskAtOnce() {
    rig.cap = 7;
    rig.options =
        new ProxyOptions(Duration.ofSeconds(2), Duration.ofSeconds(9), Duration.ofSeconds(8), 100);
    List<AtomicInteger> mostSeen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      AtomicInteger inFlight = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      mostSeen.add(most);
      rig.pod(
          request -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            rig.vertx.setTimer(
                10,
                id -> {
                  inFlight.decrementAndGet();
                  request.response().end("ok");
                });
          });
    }
    rig.start();
    // Over TLS by fewer connections, for a handshake costs more than a request.
    var client =
        rig.vertx.createHttpClient(
            rig.clientOptions(),
            new PoolOptions().setHttp1MaxSize(wire.secure() ? 20 : 500).setEventLoopSize(2));
    List<Future<?>> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      answers.add(
          client
              .request(HttpMethod.GET, rig.port(), "127.0.0.1", "/")
              .compose(r -> r.send())
              .compose(
                  r -> r.statusCode() == 200 ? r.end() : Future.failedFuture("" + r.statusCode())));
    }
    ProxyRig.await(Future.all(answers));
    // Both: the cap was reached, and never passed.
    assertThat(mostSeen).allSatisfy(most -> assertThat(most.get()).isEqualTo(7));
  }

  @Test
  void whoFindsNoPodReadyInTimeIsToldNothingElse() {
    Pod pod = rig.deadPod();
    rig.start();
    for (int i = 0; i < 3; i++) {
      rig.set().roster().probed(pod, new ProbeFailure(false, "refused"));
    }
    try (RawVisitor visitor = rig.visitor()) {
      assertThat(visitor.send(GET).readUntil("}"))
          .startsWith("HTTP/1.1 503")
          .contains("/problems/no-slot", "cannot answer now", "\"No pod is ready, or each has");
    }
  }

  @Test
  void whoFindsNoSlotInTimeIsToldWhenToComeBack() {
    rig.cap = 1;
    CompletableFuture<HttpServerResponse> busy = new CompletableFuture<>();
    rig.pod(request -> busy.complete(request.response()));
    rig.start();
    try (RawVisitor first = rig.visitor();
        RawVisitor second = rig.visitor();
        RawVisitor browser = rig.visitor()) {
      first.send(GET);
      busy.join();
      second.send(GET);
      browser.send("GET / HTTP/1.1\r\nHost: shop\r\nAccept: text/html\r\n\r\n");
      assertThat(second.readUntil("}"))
          .startsWith("HTTP/1.1 503")
          .contains(
              "retry-after: 1",
              "no-store",
              "application/problem+json",
              "/problems/no-slot",
              "No pod is ready, or each has as many requests as it can bear.",
              "no_slot");
      assertThat(browser.readUntil("</html>"))
          .contains("503", "text/html", "<style>", "tries again by itself")
          .containsPattern("refresh: ([5-9]|10)\r\n");
      busy.join().end("done");
      first.readUntil("done");
    }
  }

  @Test
  void aWaitingRequestGetsTheSlotThatIsGivenBack() {
    rig.cap = 1;
    rig.options =
        new ProxyOptions(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5), 10);
    CompletableFuture<HttpServerResponse> busy = new CompletableFuture<>();
    rig.pod(
        request -> {
          if (!busy.complete(request.response())) {
            request.body().onSuccess(body -> request.response().end(body));
          }
        });
    rig.start();
    try (RawVisitor first = rig.visitor();
        RawVisitor second = rig.visitor()) {
      first.send(GET);
      busy.join();
      second.send("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 4\r\n\r\nheld");
      ProxyRig.eventually(() -> rig.set().holding() == 1);
      busy.join().end("done");
      second.readUntil("held");
    }
  }

  @Test
  void aSafeRequestIsTriedOnAnotherPodAndAnyOtherIsNot() {
    rig.deadPod();
    rig.pod(request -> request.response().end("alive"));
    rig.start();
    int refused = 0;
    for (int i = 0; i < 20 && rig.set().roster().ready() == 2; i++) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 1\r\n\r\nx");
        refused += visitor.readUntil("\r\n\r\n").startsWith("HTTP/1.1 502") ? 1 : 0;
      }
    }
    // Each refused POST was a connection that failed; the third put the pod out.
    assertThat(refused).isEqualTo(3);
    assertThat(rig.retries).hasValue(0);
    assertThat(rig.set().roster().ready()).isEqualTo(1);
    rig.set().roster().probed(rig.pods.get(0), null);
    for (int i = 0; i < 20; i++) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send(GET);
        visitor.readUntil("alive");
      }
    }
    assertThat(rig.retries).hasValue(3);
    assertThat(rig.set().roster().ready()).isEqualTo(1);
  }

  @Test
  void aSafeRequestWhosePodIsKilledWhileTheOthersAreFullWaitsForOneOfTheirSlots() {
    rig.cap = 1;
    Pod mortal = rig.mortalPod();
    rig.pod(request -> request.response().end("alive"));
    rig.start();
    Slot others = Objects.requireNonNull(rig.set().take(null, mortal));
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(GET);
      ProxyRig.eventually(() -> rig.set().roster().ready() == 1); // three refused connections
      others.giveBack(Slot.Outcome.ANSWERED);
      visitor.readUntil("alive");
    }
  }

  @Test
  void aSafeRequestWhosePodsBreakOneAfterTheOtherIsTriedOnceMoreAfterAMoment() {
    for (int i = 0; i < 2; i++) {
      AtomicBoolean broken = new AtomicBoolean();
      rig.rawPod(
          socket ->
              socket.handler(
                  in -> {
                    if (broken.getAndSet(true)) {
                      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nalive");
                    } else {
                      socket.close();
                    }
                  }));
    }
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(GET).readUntil("alive");
    }
    assertThat(rig.retries).hasValue(2);
    assertThat(rig.set().roster().inFlight()).isZero();
  }

  @Test
  void aKeptConnectionThatBrokeIsReplacedForASafeRequestAlsoOnTheOnlyPod() {
    AtomicInteger connections = new AtomicInteger();
    rig.rawPod(
        socket -> {
          connections.incrementAndGet();
          AtomicBoolean second = new AtomicBoolean();
          socket.handler(
              in -> {
                if (second.getAndSet(true)) {
                  socket.close(); // takes the second request and dies without a word
                } else {
                  socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                }
              });
        });
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(GET).readUntil("\r\n\r\nok");
      visitor.send(GET).readUntil("\r\n\r\nok");
      visitor.send("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 1\r\n\r\nx");
      assertThat(visitor.readUntil("}")).startsWith("HTTP/1.1 502").contains("connection_broken");
    }
    assertThat(connections).hasValue(2);
    assertThat(rig.retries).hasValue(1);
  }

  @Test
  void anAnswerCutOffMidwayIsSeenAsCutOff() {
    rig.rawPod(
        socket ->
            socket.handler(
                in -> {
                  socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                  rig.vertx.setTimer(50, id -> socket.close());
                }));
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      assertThat(visitor.send(GET).readAll()).contains("half");
      if (wire == Wire.HTTP_2) {
        assertThat(visitor.ended()).isEqualTo("RST_STREAM INTERNAL_ERROR");
      }
    }
    ProxyRig.eventually(() -> rig.finished.contains("200 CONNECTION_BROKEN"));
  }

  @Test
  void aSilentPodIsGivenUpAndAVisitorWhoLeavesCancelsTheRequest() {
    rig.options =
        new ProxyOptions(Duration.ofSeconds(1), Duration.ofMillis(400), Duration.ofMillis(300), 9);
    AtomicInteger closed = new AtomicInteger();
    rig.rawPod(socket -> socket.closeHandler(v -> closed.incrementAndGet()));
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      assertThat(visitor.send(GET).readUntil("}")).startsWith("HTTP/1.1 504").contains("timed_out");
    }
    RawVisitor leaving = rig.visitor().send(GET);
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 1);
    leaving.close();
    ProxyRig.eventually(() -> rig.finished.contains("499 VISITOR_LEFT"));
    ProxyRig.eventually(() -> closed.get() == 2);
  }

  @Test
  void oneInTwoVisitorsLeavingAtAnyMomentLosesNoSlot() {
    rig.cap = 5;
    Pod pod =
        rig.pod(request -> rig.vertx.setTimer(5, id -> request.response().end("x".repeat(9000))));
    rig.start();
    for (int i = 0; i < 200; i++) {
      RawVisitor visitor = rig.visitor().send(GET);
      if (i % 2 == 0) {
        visitor.readUntil("xxx");
      } else {
        Wait.pause(Duration.ofNanos((i % 20) * 500_000L));
      }
      visitor.close();
    }
    ProxyRig.eventually(() -> rig.finished.size() == 200);
    assertThat(rig.set().roster().inFlight()).isZero();
    assertThat(rig.set().roster().view().get(0).pod()).isEqualTo(pod);
    assertThat(rig.set().roster().view().get(0).inFlightMax()).isLessThanOrEqualTo(5);
  }

  @Test
  void anAnswerThatIsNoHttpIsABadGateway() {
    rig.rawPod(socket -> socket.handler(in -> socket.write("SSH-2.0-OpenSSH\r\n\r\n")));
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 1\r\n\r\nx");
      assertThat(visitor.readUntil("}")).startsWith("HTTP/1.1 502").contains("bad_answer");
    }
  }
}
