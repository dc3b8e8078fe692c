package dev.usher.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.house.Wait;
import dev.usher.pods.Pod;
import dev.usher.proxy.ProxyRig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;

/** WebSockets, as bytes both ways: how each side's end and slowness reaches the other. */
@ParameterizedClass
@Over(
    value = Wire.class,
    only = {"HTTP_1", "TLS"})
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class TunnelsTest {
  private static final String ASK =
      RawVisitor.head(
          "GET /ws HTTP/1.1",
          "Host: shop",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Version: 13");
  private static final String SWITCH =
      RawVisitor.head(
          "HTTP/1.1 101 Switching Protocols", "Connection: Upgrade", "Upgrade: websocket");

  /** Far more than the tunnel may hold, and than sockets with small buffers do. */
  private static final int MUCH = 32 * 1024 * 1024;

  private final ProxyRig rig;
  private final ServerSocket server;
  private Socket pod = new Socket();
  private RawVisitor visitor;

  TunnelsTest(Wire wire) throws IOException {
    rig = new ProxyRig(wire);
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    server.setSoTimeout(5000);
    rig.pods.add(new Pod("127.0.0.1", server.getLocalPort(), false));
    rig.start();
    visitor = rig.visitor();
  }

  @BeforeEach
  void aTunnelIsOpen() throws IOException {
    visitor.send(ASK);
    pod = server.accept();
    pod.setSoTimeout(5000);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) pod.getInputStream().read());
    }
    podSends(SWITCH);
    assertThat(visitor.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101");
  }

  @AfterEach
  void nothingIsInFlight() throws IOException {
    try {
      ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    } finally {
      pod.close();
      server.close();
      rig.close();
    }
  }

  private void podSends(String text) throws IOException {
    pod.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void theVisitorsEndReachesThePodWhichStillAnswers() throws IOException {
    visitor.send("last words");
    visitor.endOutput();
    assertThat(pod.getInputStream().readAllBytes()).asString().isEqualTo("last words");
    podSends("answer");
    assertThat(visitor.readUntil("answer")).isEqualTo("answer");
    pod.close();
    assertThat(visitor.readAll()).isEmpty();
  }

  @Test
  void thePodsEndReachesTheVisitorWhoStillSends() throws IOException {
    podSends("last words");
    pod.shutdownOutput();
    assertThat(visitor.readAll()).isEqualTo("last words");
    visitor.send("answer");
    visitor.endOutput();
    assertThat(pod.getInputStream().readAllBytes()).asString().isEqualTo("answer");
  }

  @Test
  void anEndWaitsForAllThatCameBefore() throws IOException {
    byte[] much = new byte[MUCH];
    Thread sends =
        new Thread(
            () -> {
              visitor.send(much);
              visitor.endOutput();
            });
    sends.start();
    Wait.pause(300);
    assertThat(pod.getInputStream().readAllBytes()).hasSize(MUCH);
    pod.close();
    assertThat(visitor.readAll()).isEmpty();
  }

  @Test
  void bothMayEndAtOnce() throws IOException {
    visitor.endOutput();
    pod.shutdownOutput();
    assertThat(visitor.readAll()).isEmpty();
    assertThat(pod.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aVisitorWhoResetsEndsIt() throws IOException {
    podSends("x".repeat(100_000));
    visitor.reset();
    podIsGone();
  }

  /** What a browser's close looks like over TLS. No pod writes, so nothing says that it is gone. */
  @Test
  void aVisitorWhoResetsAfterTheEndDoesNotHoldIt() throws IOException {
    visitor.endOutput();
    podIsGone();
    visitor.reset();
  }

  @Test
  void anEndThatThePodDoesNotAnswerEndsIt() throws IOException {
    visitor.endOutput();
    podIsGone();
    assertThat(visitor.readAll()).isEmpty();
  }

  @Test
  void anEndThatTheVisitorDoesNotAnswerEndsIt() throws IOException {
    pod.shutdownOutput();
    assertThat(visitor.readAll()).isEmpty();
  }

  @Test
  void aPodMayTakeItsTimeAfterTheVisitorsEnd() throws IOException {
    visitor.endOutput();
    podIsGone();
    for (int i = 0; i < 8; i++) {
      Wait.pause(1500);
      podSends("x");
    }
    assertThat(visitor.readUntil("xxxxxxxx")).isEqualTo("xxxxxxxx");
    pod.close();
  }

  @Test
  void aVisitorWhoResetsAfterThePodsEndEndsIt() throws IOException {
    pod.shutdownOutput();
    assertThat(visitor.readAll()).isEmpty();
    visitor.reset();
    podIsGone();
  }

  private void podIsGone() {
    try {
      assertThat(pod.getInputStream().read()).isEqualTo(-1);
    } catch (IOException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  @Test
  void aPodThatResetsEndsIt() throws IOException {
    visitor.send("x".repeat(100_000));
    pod.setSoLinger(true, 0);
    pod.close();
    assertThat(visitor.readAll()).isEmpty();
  }

  @Test
  void aPodThatDoesNotReadStopsTheVisitor() throws IOException {
    AtomicLong sent = new AtomicLong();
    byte[] part = new byte[16 * 1024];
    Thread sends =
        new Thread(
            () -> {
              try {
                while (sent.get() < 10L * MUCH) {
                  visitor.send(part);
                  sent.addAndGet(part.length);
                }
              } catch (UncheckedIOException gone) {
                // The play is over.
              }
            });
    sends.setDaemon(true);
    sends.start();
    InSockets.settles(sent::get);
    assertThat(sent.get()).isLessThan(MUCH);
    assertLittleIsHeld(sent);
    pod.close();
  }

  @Test
  void aVisitorWhoDoesNotReadStopsThePodAndGetsAllInTheEnd() throws Exception {
    AtomicLong sent = new AtomicLong();
    byte[] part = new byte[16 * 1024];
    Thread sends =
        new Thread(
            () -> {
              try {
                while (sent.get() < MUCH) {
                  pod.getOutputStream().write(part);
                  sent.addAndGet(part.length);
                }
                pod.shutdownOutput();
              } catch (IOException gone) {
                throw new UncheckedIOException(gone);
              }
            });
    sends.start();
    InSockets.settles(sent::get);
    assertThat(sent.get()).isLessThan(MUCH);
    assertLittleIsHeld(sent);
    assertThat(visitor.skip(2L * MUCH)).isEqualTo(MUCH);
    visitor.endOutput();
    sends.join();
  }

  private void assertLittleIsHeld(AtomicLong sent) {
    if (InSockets.areCounted()) {
      InSockets.settles(() -> sent.get() - InSockets.to(rig.port(), server.getLocalPort()));
      long held = sent.get() - InSockets.to(rig.port(), server.getLocalPort());
      assertThat(held).as("held of " + sent).isLessThan(128 * 1024);
    }
  }
}
