package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.house.Wait;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;

/** Bodies of every size, both ways, as fast as their reader and no faster. */
@ParameterizedClass
@Over(value = Wire.class, smoke = true)
class ProxyBodiesTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";

  private final ProxyRig rig;

  ProxyBodiesTest(Wire wire) {
    this.rig = new ProxyRig(wire);
  }

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    rig.close();
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedHoweverItIsDeclared() {
    rig.pod(request -> request.body().onSuccess(body -> request.response().end("got it")));
    rig.passage = p -> new ForwardedRequest(p.client(), p.kind(), null, null, 10);
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 11\r\n\r\nhello world");
      assertThat(visitor.readUntil("}\n")).startsWith("HTTP/1.1 413");
      visitor.send("POST / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n");
      visitor.send("b\r\nhello world\r\n0\r\n\r\n");
      assertThat(visitor.readUntil("}\n")).startsWith("HTTP/1.1 413");
      // The rest was thrown away, so the connection still serves.
      visitor.send("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 2\r\n\r\nok");
      visitor.readUntil("got it");
    }
  }

  @Test
  void aSlowReaderHoldsThePodBackInsteadOfFillingTheMemory() {
    AtomicLong written = new AtomicLong();
    Buffer part = Buffer.buffer(new byte[64 * 1024]);
    int parts = 1024; // 64 MiB, far more than all sockets hold
    rig.pod(
        request -> {
          HttpServerResponse response = request.response();
          response.putHeader("Content-Length", String.valueOf((long) parts * part.length()));
          send(response, part, parts, written);
        });
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send(GET).readUntil("\r\n\r\n");
      long before = -1;
      long taken = 0;
      while (before != written.get()) {
        before = written.get();
        taken += visitor.skip(1024);
        Wait.pause(100);
      }
      assertThat(before).isLessThan(32L * 1024 * 1024); // sockets' buffers on three hops
      long rest = (long) parts * part.length() - taken;
      assertThat(visitor.skip(rest)).as(() -> "ended by " + rig.finished).isEqualTo(rest);
    }
  }

  private static void send(HttpServerResponse to, Buffer part, int left, AtomicLong written) {
    int now = left;
    while (now > 0 && !to.writeQueueFull()) {
      to.write(part);
      written.addAndGet(part.length());
      now--;
    }
    int rest = now;
    if (rest == 0) {
      to.end();
    } else {
      to.drainHandler(v -> send(to, part, rest, written));
    }
  }

  @Test
  void aLargeUploadArrivesWholeThroughASlowPod() {
    AtomicLong received = new AtomicLong();
    rig.pod(
        request -> {
          request.handler(
              chunk -> {
                received.addAndGet(chunk.length());
                request.pause();
                rig.vertx.runOnContext(v -> request.resume());
              });
          request.endHandler(v -> request.response().end("all"));
        });
    rig.start();
    int size = 8 * 1024 * 1024;
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: " + size + "\r\n\r\n");
      visitor.send(new byte[size]).readUntil("all");
    }
    assertThat(received).hasValue(size);
  }

  @Test
  void aResponseThatEndsBeforeItsRequestLeavesTheConnectionInStep() {
    rig.pod(
        request -> {
          if (request.method().equals(HttpMethod.POST)) {
            request.response().setStatusCode(403).end("no");
          } else {
            request.response().end("next");
          }
        });
    rig.start();
    try (RawVisitor visitor = rig.visitor()) {
      visitor.send("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 70000\r\n\r\nhello");
      visitor.readUntil("\r\n\r\nno");
      visitor.send("x".repeat(69_990) + "GET /").send(GET);
      visitor.readUntil("\r\n\r\nnext");
    }
  }
}
