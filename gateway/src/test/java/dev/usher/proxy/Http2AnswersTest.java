package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.Http2Visitor;
import dev.usher.http.LastResort;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a visitor with HTTP/2 is told, and how such an exchange ends. */
@Execution(ExecutionMode.CONCURRENT)
class Http2AnswersTest {
  private final ProxyRig rig = new ProxyRig();
  private final Queue<HttpServerRequest> atThePod = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void overTls(@TempDir Path folder) {
    rig.options =
        new ProxyOptions(Duration.ofSeconds(2), Duration.ofSeconds(9), Duration.ofSeconds(8), 10);
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            TestCertificate.writeTo(folder),
            ListenOptions.Proxies.NONE,
            ProxyRig.LIMITS);
  }

  @AfterEach
  void everySlotIsGivenBackAndNothingFailed() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    assertThat(rig.failures.count()).isZero();
    rig.close();
  }

  @Test
  void whoHeldForASlotOverHttp2IsAnsweredWithTheBodyThatCameMeanwhile() {
    rig.cap = 1;
    rig.pod(request -> request.body().onSuccess(body -> answerLater(request, body)));
    rig.start();
    try (Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port())) {
      var first = visitor.request("GET", "/");
      var busy = Http2Visitor.answer(first);
      var unused = first.end();
      assertThat(visitor.post("/", "x".repeat(50_000))).isEqualTo("200 50000");
      assertThat(busy.join()).isEqualTo("200 0");
      assertThat(visitor.get("/")).isEqualTo("200 0");
    }
    assertThat(rig.finished).containsOnly("200");
  }

  private void answerLater(HttpServerRequest request, Buffer body) {
    rig.vertx.setTimer(100, id -> request.response().end("" + body.length()));
  }

  @Test
  void anAnswerOverHttp2IsWholeAndItsConnectionToThePodIsKept() {
    rig.pod(
        request -> {
          atThePod.add(request);
          request.response().end("whole");
        });
    rig.start();
    try (Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port())) {
      for (int i = 0; i < 20; i++) {
        assertThat(visitor.get("/")).isEqualTo("200 whole");
      }
    }
    assertThat(rig.finished).hasSize(20).containsOnly("200");
    assertThat(atThePod.stream().map(HttpServerRequest::connection).distinct()).hasSize(1);
  }

  @Test
  void anAnswerThatItsPodCutOffIsResetAsOurFault() {
    Promise<Void> cut = Promise.promise();
    rig.rawPod(
        socket ->
            socket.handler(
                in -> {
                  socket.write(
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
                  cut.future().onSuccess(v -> socket.close());
                }));
    rig.start();
    try (Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port())) {
      var request = visitor.request("GET", "/");
      var answer = Http2Visitor.answer(request);
      var unused = request.end();
      ProxyRig.await(request.response());
      cut.complete();
      assertThat(answer.join()).isEqualTo("Stream reset: " + LastResort.INTERNAL_ERROR);
    }
    assertThat(rig.finished).containsOnly("200 CONNECTION_BROKEN");
  }

  @Test
  void whoIsAnsweredBeforeTheyHaveSentAllIsToldToSendNoMore() {
    rig.pod(request -> request.response().end("early"));
    rig.start();
    try (Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port())) {
      var request = visitor.request("POST", "/endless");
      CompletableFuture<Throwable> told = new CompletableFuture<>();
      request.exceptionHandler(told::complete);
      var answer = Http2Visitor.answer(request);
      var unused = request.setChunked(true).write("x");
      assertThat(answer.join()).isEqualTo("200 early");
      assertThat(told.orTimeout(5, TimeUnit.SECONDS).join())
          .isInstanceOfSatisfying(
              StreamResetException.class, reset -> assertThat(reset.getCode()).isZero());
    }
  }

  @Test
  void anIdleConnectionIsClosedAndOneThatIsOwedAnAnswerIsNot() {
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            rig.listen.tls(),
            ListenOptions.Proxies.NONE,
            new ListenOptions.Limits(
                8192,
                0,
                100,
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)));
    rig.pod(request -> rig.vertx.setTimer(2500, id -> request.response().end("late")));
    rig.start();
    try (Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port())) {
      assertThat(visitor.get("/")).isEqualTo("200 late");
      CompletableFuture<Void> closed = new CompletableFuture<>();
      visitor.onClose(() -> closed.complete(null));
      closed.orTimeout(5, TimeUnit.SECONDS).join();
    }
  }
}
