package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.LatenciesReader;
import dev.usher.admission.Traffic;
import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.house.Wait;
import dev.usher.proxy.connection.ProxyOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the proxy tells of the requests it passes on. */
@ParameterizedClass
@Over(Wire.class)
class ProxyMeasuresTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";

  private final ProxyRig rig;
  private long now = 1_800_000_000_000L;

  ProxyMeasuresTest(Wire wire) {
    this.rig = new ProxyRig(wire);
  }

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    assertThat(traffic().inFlight()).isZero();
    rig.close();
  }

  private Traffic traffic() {
    now += 10;
    return rig.set().roster().see(now).traffic();
  }

  private double seconds() {
    return LatenciesReader.median(traffic().answers());
  }

  private void after(int millis, Runnable task) {
    rig.vertx.setTimer(millis, id -> task.run());
  }

  @Test
  void theTimeToTheFirstByteLeavesOutHowLongTheRequestWaitedForASlot() {
    rig.cap = 1;
    rig.options =
        new ProxyOptions(Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ofSeconds(9), 10);
    CompletableFuture<HttpServerResponse> busy = new CompletableFuture<>();
    rig.pod(
        request -> {
          if (!busy.complete(request.response())) {
            after(50, () -> request.response().end("ok"));
          }
        });
    rig.start();
    try (RawVisitor first = rig.visitor();
        RawVisitor second = rig.visitor()) {
      first.send("GET / HTTP/1.1\r\nHost: shop\r\nAccept: text/event-stream\r\n\r\n");
      busy.join();
      second.send(GET);
      ProxyRig.eventually(() -> rig.set().holding() == 1);
      // It waits for far longer than its answer takes.
      after(1500, () -> busy.join().end("done"));
      second.readUntil("ok");
      assertThat(traffic().answers().count()).isEqualTo(1);
      assertThat(seconds()).isBetween(0.04, 1.0);
    }
  }

  @Test
  void theTimeOfARequestWithABodyRunsFromTheBodysEnd() {
    rig.pod(request -> request.body().onSuccess(body -> request.response().end("ok")));
    rig.start();
    double answered = Double.MAX_VALUE;
    // A body that takes a second, as it may on a busy machine, is a stream, which is not measured.
    for (int i = 0; i < 10 && traffic().answers().count() == 0; i++) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send("POST / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n");
        visitor.send("5\r\nhello\r\n");
        ProxyRig.eventually(() -> rig.set().roster().inFlight() == 1);
        Wait.pause(Duration.ofMillis(500));
        long ends = System.nanoTime();
        visitor.send("5\r\nworld\r\n0\r\n\r\n").readUntil("ok");
        answered = (System.nanoTime() - ends) / 1e9;
      }
    }
    assertThat(traffic().answers().count()).isEqualTo(1);
    assertThat(seconds()).isLessThan(Math.max(0.4, 1.2 * answered));
  }

  @Test
  void requestsAreCountedByTheirKindAndServerErrorsAsErrors() {
    rig.pod(
        request ->
            request.response().setStatusCode(request.uri().equals("/bad") ? 502 : 404).end("."));
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(GET).readUntil(".");
      visitor.send("GET /bad HTTP/1.1\r\nHost: shop\r\n\r\n").readUntil("502");
    }
    Traffic seen = traffic();
    assertThat(seen.settled()).isEqualTo(2);
    assertThat(seen.errors()).isEqualTo(1);
    assertThat(seen.answers().count()).isEqualTo(1);
    assertThat(rig.set().roster().view().get(0).served()).isEqualTo(1);
  }

  @Test
  void aPodThatDoesNotAnswerInTimeIsAnErrorAndOneThatHangsUpIsNot() {
    rig.options =
        new ProxyOptions(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofMillis(100), 10);
    rig.pod(
        request -> {
          if (request.uri().equals("/close")) {
            request.connection().close();
          }
        });
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("POST /close HTTP/1.1\r\nHost: shop\r\n\r\n").readUntil("502");
      assertThat(traffic().errors()).isZero();
      visitor.send(GET).readUntil("504");
      assertThat(traffic().errors()).isEqualTo(1);
    }
  }

  @Test
  void anEventStreamLeavesNoTraceInWhatIsMeasured() {
    CompletableFuture<HttpServerResponse> stream = new CompletableFuture<>();
    rig.pod(
        request -> {
          stream.complete(request.response());
          request.response().setChunked(true).write("data: 1\n\n");
        });
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(
          "GET / HTTP/1.1\r\nHost: shop\r\nAccept: application/json, Text/Event-Stream\r\n\r\n");
      visitor.readUntil("data: 1");
      assertThat(rig.set().roster().inFlight()).isEqualTo(1);
      assertNoTrace(0);
      stream.join().end();
    }
  }

  @Test
  void anUploadLeavesNoTraceThoughOnlyItsLengthTellsThatItIsLong() {
    rig.pod(request -> request.body().onSuccess(body -> request.response().end("got it")));
    rig.start();
    String body = "x".repeat(70_000);
    try (RawVisitor visitor = rig.visitor()) {
      visitor
          .send("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 70000\r\n\r\n" + body)
          .readUntil("got it");
      assertNoTrace(0);
      visitor
          .send("POST / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n")
          .send("11170\r\n" + body + "\r\n0\r\n\r\n")
          .readUntil("got it");
      // That it came was counted before anyone knew how long it would be.
      assertNoTrace(1);
    }
  }

  private void assertNoTrace(int counted) {
    Traffic seen = traffic();
    assertThat(seen.settled()).isEqualTo(counted);
    assertThat(seen.answers().count()).isZero();
    assertThat(seen.inFlight()).isZero();
    assertThat(seen.errors()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0.75, 0.75",
    "1, 1",
    "' 2.50 ', 2.5",
    "0, 0",
    "11, 0",
    "-1, 0",
    "NaN, 0",
    "1e1, 0",
    "., 0",
    "1.2.3, 0",
    "'', 0",
    "0.1111111111111111111111111, 0"
  })
  void whatAPodSaysOfItselfIsHeardIfItIsANumberAndNotTold(String said, double heard) {
    rig.pod(request -> request.response().putHeader("X-Capacity-Saturation", said).end("ok."));
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      String answer = visitor.send(GET).readUntil("ok.");
      assertThat(answer).contains("200 OK").doesNotContainIgnoringCase("saturation");
    }
    assertThat(traffic().saturation()).isEqualTo(heard);
  }

  @Test
  void theEndOfASessionIsToldToTheHookAndNotToTheVisitor() {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    ForwardedRequest.AnswerHook hook =
        (status, headers, ends) -> {
          assertThat(headers.contains("Usher-Session")).isFalse();
          ended.complete(ends);
        };
    rig.passage = p -> new ForwardedRequest(p.client(), p.kind(), null, hook, 0);
    rig.pod(ProxyMeasuresTest::endSession);
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      String answer = visitor.send(GET).readUntil("bye.");
      assertThat(answer).contains("200 OK").doesNotContainIgnoringCase("usher-session");
    }
    assertThat(ended).isCompletedWithValue(true);
  }

  private static void endSession(HttpServerRequest request) {
    var unused = request.response().putHeader("usher-session", "END").end("bye.");
  }
}
