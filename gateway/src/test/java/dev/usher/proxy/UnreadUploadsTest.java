package dev.usher.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.usher.edge.InSockets;
import dev.usher.edge.RawVisitor;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.pods.Pod;
import dev.usher.proxy.connection.ProxyOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the gateway holds of a body that nobody takes: what the visitor's socket has taken, less
 * what lies in the two sockets, as the system counts it.
 */
@ParameterizedClass
@Over(
    value = Wire.class,
    only = {"HTTP_1", "TLS"})
class UnreadUploadsTest {
  /** A small one, of which many cost far more than they bring. */
  private static final String CHUNK = "10\r\nabcdefghijklmnop\r\n";

  private static final int WRITE = 280 * CHUNK.length();

  /** What a write has taken of the part that it blocks in. */
  private static final int UNKNOWN = 2 * WRITE;

  private final ProxyRig rig;
  private final CountDownLatch sent = new CountDownLatch(1);
  private final AtomicLong bytes = new AtomicLong();

  UnreadUploadsTest(Wire wire) {
    rig = new ProxyRig(wire);
  }

  @BeforeEach
  void theLoopIsBusyWithSomebodyElseWhileTheSocketsFill() {
    assumeTrue(InSockets.areCounted());
    rig.cap = 1;
    rig.options =
        new ProxyOptions(
            Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofSeconds(20), 100);
    rig.passage =
        given -> {
          try {
            sent.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return given;
        };
  }

  @AfterEach
  void close() {
    sent.countDown();
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofABodyThatWaitsForASlotNoMoreThanALittleIsHeld(boolean chunked) {
    rig.pod(request -> request.response().end());
    rig.start();
    rig.set().take(null, null);
    upload(chunked);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofABodyThatItsPodDoesNotReadNoMoreThanALittleIsHeld(boolean chunked) throws IOException {
    try (ServerSocket pod = new ServerSocket()) {
      // It never even accepts: the system does, and keeps what comes.
      pod.setReceiveBufferSize(16 * 1024);
      pod.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      rig.pods.add(new Pod("127.0.0.1", pod.getLocalPort(), false));
      rig.start();
      upload(chunked);
    }
  }

  private void upload(boolean chunked) {
    byte[] part = new byte[WRITE];
    for (int i = 0; i < WRITE; i++) {
      part[i] = (byte) CHUNK.charAt(i % CHUNK.length());
    }
    String length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: 1000000000";
    RawVisitor visitor = rig.visitor();
    visitor.send("POST / HTTP/1.1\r\nHost: shop\r\n" + length + "\r\n\r\n");
    Thread sender = new Thread(() -> send(visitor, part), "sender");
    sender.setDaemon(true);
    sender.start();
    InSockets.settles(bytes::get);
    sent.countDown();
    InSockets.settles(() -> bytes.get() - inSockets());

    long held = bytes.get() - inSockets();
    assertThat(bytes.get()).as("sent").isGreaterThan(500_000);
    assertThat(held).as("held of " + bytes.get()).isLessThan(128 * 1024 + UNKNOWN);
  }

  private void send(RawVisitor visitor, byte[] part) {
    try {
      while (bytes.get() < 100_000_000) {
        visitor.send(part);
        bytes.addAndGet(part.length);
      }
    } catch (UncheckedIOException closed) {
      // The play is over.
    }
  }

  private long inSockets() {
    return InSockets.to(rig.port(), rig.pods.get(0).port());
  }
}
