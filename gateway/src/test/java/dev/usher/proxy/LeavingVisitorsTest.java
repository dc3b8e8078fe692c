package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.Http2Visitor;
import dev.usher.edge.RawVisitor;
import dev.usher.house.Wait;
import dev.usher.pods.Pod;
import dev.usher.proxy.connection.ProxyOptions;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Visitors who leave in the middle of an exchange, in every phase of it and by every way out. */
class LeavingVisitorsTest {
  private static final String GET = RawVisitor.head("GET / HTTP/1.1", "Host: shop");

  private final ProxyRig rig = new ProxyRig();
  private final Queue<HttpServerRequest> atThePod = new ConcurrentLinkedQueue<>();
  private Path folder = Path.of("");

  /** By which way a visitor leaves. */
  enum Way {
    HTTP1_CLOSE,
    HTTP2_RESET,
    HTTP2_CLOSE
  }

  /** How far the exchange is by then. */
  enum Phase {
    HELD_FOR_A_SLOT,
    SENDING_A_SMALL_BODY,
    CONNECTING,
    SENDING_THE_BODY,
    WAITING_FOR_THE_HEAD,
    IN_THE_ANSWER,
    AFTER_THE_ANSWER
  }

  @BeforeEach
  void aPodThatAnswersWhenItIsTold(@TempDir Path forTheCertificate) {
    folder = forTheCertificate;
    rig.cap = 2;
    rig.options =
        new ProxyOptions(Duration.ofSeconds(2), Duration.ofSeconds(9), Duration.ofSeconds(8), 10);
  }

  @AfterEach
  void everySlotIsGivenBackAndNothingFailed() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && rig.set().holding() == 0);
    ProxyRig.eventually(() -> rig.bodies.held() == 0);
    assertThat(rig.failures.count()).isZero();
    rig.close();
  }

  @ParameterizedTest
  @EnumSource
  void whoeverLeavesLeavesNothingInFlight(Way way) {
    rig.pod(request -> atThePod.add(request));
    start(way);
    for (Phase phase : Phase.values()) {
      try (Leaver visitor = leaver(way)) {
        reach(phase, visitor);
        visitor.leaves();
        if (phase == Phase.HELD_FOR_A_SLOT) {
          ProxyRig.eventually(() -> rig.set().holding() == 0);
          atThePod.forEach(busy -> busy.response().end("done"));
        }
        ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && rig.bodies.held() == 0);
      }
      atThePod.clear();
    }
    assertThat(rig.finished).contains("499 VISITOR_LEFT");
  }

  private void reach(Phase phase, Leaver visitor) {
    switch (phase) {
      case HELD_FOR_A_SLOT -> {
        visitor.asks();
        visitor.asks();
        ProxyRig.eventually(() -> atThePod.size() == 2);
        visitor.asks();
        ProxyRig.eventually(() -> rig.set().holding() == 1);
      }
      case SENDING_A_SMALL_BODY -> {
        visitor.sendsHalfABody(9);
        ProxyRig.eventually(() -> rig.bodies.held() == 9);
        assertThat(rig.set().roster().inFlight()).isZero();
      }
      case CONNECTING -> visitor.asks();
      case SENDING_THE_BODY -> {
        visitor.sendsHalfABody(99_999);
        ProxyRig.eventually(() -> !atThePod.isEmpty());
      }
      case WAITING_FOR_THE_HEAD -> {
        visitor.asks();
        ProxyRig.eventually(() -> !atThePod.isEmpty());
      }
      case IN_THE_ANSWER -> {
        visitor.asks();
        ProxyRig.eventually(() -> !atThePod.isEmpty());
        atThePod.element().response().setChunked(true).write("half");
        visitor.hears("half");
      }
      case AFTER_THE_ANSWER -> {
        visitor.asks();
        ProxyRig.eventually(() -> !atThePod.isEmpty());
        atThePod.element().response().end("whole");
        visitor.hears("whole");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavingAtAnyMomentLosesNoSlotForAnybody(Way way) {
    Random chance = new Random(11);
    rig.cap = 5;
    Pod pod =
        rig.pod(request -> rig.vertx.setTimer(5, id -> request.response().end("x".repeat(90_000))));
    start(way);
    for (int i = 0; i < (way == Way.HTTP1_CLOSE ? 60 : 15); i++) {
      try (Leaver visitor = leaver(way)) {
        for (int j = chance.nextInt(9); j >= 0; j--) {
          if (chance.nextBoolean()) {
            visitor.asks();
          } else {
            visitor.sendsHalfABody(chance.nextBoolean() ? 9 : 99_999);
          }
        }
        Wait.pause(Duration.ofNanos(1000L * chance.nextInt(15_000)));
        visitor.leaves();
      }
    }
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    assertThat(rig.set().roster().view().get(0).pod()).isEqualTo(pod);
    assertThat(rig.set().roster().view().get(0).inFlightMax()).isLessThanOrEqualTo(5);
  }

  private void start(Way way) {
    if (way != Way.HTTP1_CLOSE) {
      rig.listen =
          new ListenOptions(
              "127.0.0.1",
              0,
              TestCertificate.writeTo(folder),
              ListenOptions.Proxies.NONE,
              ProxyRig.LIMITS);
    }
    rig.start();
  }

  private Leaver leaver(Way way) {
    return way == Way.HTTP1_CLOSE ? new Http1Leaver() : new Http2Leaver(way);
  }

  /** A visitor who leaves. */
  private interface Leaver extends AutoCloseable {
    void asks();

    void sendsHalfABody(int length);

    void hears(String part);

    void leaves();

    @Override
    void close();
  }

  private final class Http1Leaver implements Leaver {
    private final Queue<RawVisitor> sockets = new ConcurrentLinkedQueue<>();

    @Override
    public void asks() {
      sockets.add(rig.visitor().send(GET));
    }

    @Override
    public void sendsHalfABody(int length) {
      sockets.add(
          rig.visitor()
              .send(RawVisitor.head("POST / HTTP/1.1", "Host: shop", "Content-Length: " + length))
              .send("half"));
    }

    @Override
    public void hears(String part) {
      sockets.element().readUntil(part);
    }

    @Override
    public void leaves() {
      sockets.forEach(RawVisitor::close);
    }

    @Override
    public void close() {
      leaves();
    }
  }

  private final class Http2Leaver implements Leaver {
    private final Way way;
    private final Http2Visitor visitor = new Http2Visitor(rig.vertx, rig.port());
    private final Queue<HttpClientRequest> requests = new ConcurrentLinkedQueue<>();
    private final Promise<Void> heard = Promise.promise();

    Http2Leaver(Way way) {
      this.way = way;
    }

    @Override
    public void asks() {
      HttpClientRequest request = visitor.request("GET", "/");
      requests.add(request);
      // Before anything can come: a part that nobody waits for yet is gone.
      request.response().onSuccess(head -> head.handler(chunk -> heard.tryComplete()));
      var unused = request.end();
    }

    @Override
    public void sendsHalfABody(int length) {
      HttpClientRequest request = visitor.request("POST", "/");
      requests.add(request);
      var unused = request.putHeader("Content-Length", "" + length).write("half");
    }

    @Override
    public void hears(String part) {
      ProxyRig.await(heard.future());
    }

    @Override
    public void leaves() {
      if (way == Way.HTTP2_CLOSE) {
        visitor.leave();
      } else {
        requests.forEach(request -> request.reset(8));
      }
    }

    @Override
    public void close() {
      visitor.close();
    }
  }
}
