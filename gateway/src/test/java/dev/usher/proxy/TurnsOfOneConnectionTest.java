package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.Http2Visitor;
import dev.usher.edge.Wire;
import dev.usher.proxy.turn.Turn;
import dev.usher.proxy.turn.Turns;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A visitor whose requests all come by one HTTP/2 connection, as a browser's do. */
class TurnsOfOneConnectionTest {
  private final ProxyRig rig = new ProxyRig(Wire.HTTP_2);
  private final Turns turns = new Turns();
  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
  private final List<HttpClientRequest> requests = new ArrayList<>();
  private final List<CompletableFuture<String>> answers = new ArrayList<>();

  private void start(int cap) {
    rig.cap = cap;
    rig.turn = request -> Turn.ofSession(turns, "one", 10);
    rig.pod(held::add);
    rig.start();
  }

  @AfterEach
  void nothingIsLeft() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && turns.visitors() == 0);
    assertThat(rig.failures.count()).isZero();
    rig.close();
  }

  private void asks(Http2Visitor visitor, int count) {
    for (int i = 0; i < count; i++) {
      HttpClientRequest request = visitor.request("GET", "/");
      requests.add(request);
      answers.add(Http2Visitor.answer(request));
      var unused = request.end();
    }
  }

  private void release() {
    for (HttpServerRequest one = held.poll(); one != null; one = held.poll()) {
      one.response().end("here");
    }
  }

  @Test
  void fiftyThingsAreAnsweredTwoByTwo() {
    start(2);
    try (Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port())) {
      asks(visitor, 50);
      ProxyRig.eventually(
          () -> {
            assertThat(rig.set().roster().inFlight()).isLessThanOrEqualTo(2);
            release();
            return answers.stream().allMatch(CompletableFuture::isDone);
          });
      assertThat(answers).allMatch(answer -> answer.join().equals("200 here"));
    }
  }

  @Test
  void whatIsResetWhileItWaitsIsPassedOverAndWhatIsResetOnTheWayLetsTheNextGo() {
    start(100);
    try (Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port())) {
      asks(visitor, 20);
      ProxyRig.eventually(() -> held.size() == 10);
      requests.subList(10, 15).forEach(request -> request.reset(8));
      ProxyRig.eventually(() -> left() == 5);
      requests.subList(0, 5).forEach(request -> request.reset(8));
      ProxyRig.eventually(() -> left() == 10 && held.size() == 15);
      release();
      for (int i : new int[] {5, 9, 15, 19}) {
        assertThat(answers.get(i).join()).isEqualTo("200 here");
      }
    }
  }

  @Test
  void aConnectionThatGoesTakesAllOfItAlong() {
    start(100);
    try (Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port())) {
      asks(visitor, 40);
      ProxyRig.eventually(() -> held.size() == 10);
      visitor.leave();
    }
    ProxyRig.eventually(() -> left() == 40);
  }

  private long left() {
    return rig.finished.stream().filter("499 VISITOR_LEFT"::equals).count();
  }
}
