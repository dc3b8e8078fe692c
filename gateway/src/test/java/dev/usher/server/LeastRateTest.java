package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.house.Wait;
import dev.usher.proxy.ProxyRig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;

/** Visitors who send or read too slowly, and those who only seem to. */
@ParameterizedClass
@Over(Wire.class)
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class LeastRateTest {
  private static final Duration GRACE = Duration.ofMillis(600);
  private static final String GET = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";
  private static final String UPLOAD =
      "POST /upload HTTP/1.1\r\nHost: shop\r\nContent-Length: 100000\r\n\r\n";

  private final ProxyRig rig;
  private final Queue<HttpServerRequest> open = new ConcurrentLinkedQueue<>();

  LeastRateTest(Wire wire) {
    this.rig = new ProxyRig(wire);
  }

  @BeforeEach
  void aShop() {
    rig.options = rig.options.atLeast(new LeastRate(500, GRACE));
    rig.pod(
        request -> {
          switch ("" + request.path()) {
            case "/upload" -> request.body().onSuccess(body -> request.response().end("all"));
            case "/slow" -> {
              open.add(request);
              request.body().onSuccess(body -> request.response().end("all"));
              request.pause();
            }
            case "/large" -> request.response().end(Buffer.buffer(new byte[32 << 20]));
            case "/events" -> {
              open.add(request);
              request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
              request.response().write("data: 1\n\n");
            }
            default -> open.add(request);
          }
        });
    rig.start();
  }

  @AfterEach
  void everySlotIsGivenBackAndNothingFailed() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0 && rig.set().streams() == 0);
    assertThat(rig.failures.count()).isZero();
    rig.close();
  }

  @Test
  void anUploadThatDripsIsEndedAndItsSlotIsFree() {
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(UPLOAD);
      ProxyRig.eventually(() -> rig.set().roster().inFlight() == 1);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (rig.set().roster().inFlight() == 1 && System.nanoTime() < end) {
        visitor.send("x");
        Wait.pause(Duration.ofMillis(50));
      }
      assertThat(rig.finished).containsExactly("408 VISITOR_STALLED");
      assertThat(visitor.readUntil("}\n")).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void anUploadThatIsFastEnoughGoesOnHoweverLongItTakes() {
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(UPLOAD);
      for (int part = 0; part < 20; part++) {
        visitor.send("x".repeat(100));
        Wait.pause(GRACE.dividedBy(6));
      }
      visitor.send("x".repeat(98_000)).readUntil("all");
    }
  }

  @Test
  void whoReadsNothingOfALongAnswerIsCutOff() {
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("GET /large HTTP/1.1\r\nHost: shop\r\n\r\n").readUntil("\r\n\r\n");
      ProxyRig.eventually(() -> !rig.finished.isEmpty());
      assertThat(rig.finished).containsExactly("200 VISITOR_STALLED");
      assertThat(rig.set().roster().inFlight()).isZero();
      assertThat(rest(visitor)).isLessThan(32 << 20);
    }
  }

  private static long rest(RawVisitor visitor) {
    try {
      return visitor.skip(32 << 20);
    } catch (UncheckedIOException e) {
      return 0; // cut off for good
    }
  }

  @Test
  void aQuietStreamAndALongPollLiveOn() {
    try (RawVisitor listens = rig.visitor();
        RawVisitor polls = rig.visitor()) {
      listens.send("GET /events HTTP/1.1\r\nHost: shop\r\n\r\n").readUntil("data: 1");
      polls.send(GET);
      ProxyRig.eventually(() -> open.size() == 2);
      Wait.pause(GRACE.multipliedBy(4));
      assertThat(rig.finished).isEmpty();
      open.forEach(request -> request.response().end("the end"));
      listens.readUntil("the end");
      polls.readUntil("the end");
    }
  }

  @Test
  void aPodThatReadsNothingIsNotTheVisitorsFault() throws InterruptedException {
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(RawVisitor.head("POST /slow HTTP/1.1", "Host: shop", "Content-Length: 8000000"));
      ProxyRig.eventually(() -> !open.isEmpty());
      Thread sender = new Thread(() -> visitor.send(new byte[8_000_000]), "sender");
      sender.setDaemon(true);
      sender.start();
      Wait.pause(GRACE.multipliedBy(4));
      assertThat(rig.finished).isEmpty();
      open.element().resume();
      // Who sends over HTTP/2 reads what they may send, and nobody else may read meanwhile.
      sender.join(20_000);
      visitor.readUntil("all");
    }
  }

  @Test
  void whoWaitsForThePodsWordOwesNothing() {
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(
          RawVisitor.head(
              "POST / HTTP/1.1", "Host: shop", "Content-Length: 100000", "Expect: 100-continue"));
      ProxyRig.eventually(() -> !open.isEmpty());
      Wait.pause(GRACE.multipliedBy(3));
      assertThat(rig.finished).isEmpty();
      open.element().response().end("no need");
      visitor.readUntil("no need");
    }
  }
}
