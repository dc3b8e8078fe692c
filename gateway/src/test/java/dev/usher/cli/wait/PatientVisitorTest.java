package dev.usher.cli.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A visitor looks for a gateway for a while, and not for ever. */
final class PatientVisitorTest {
  private static final long NEVER = System.nanoTime() + Duration.ofHours(1).toNanos();

  private final List<ToldPlace> told = new ArrayList<>();

  private void waitAt(String url) throws NotAdmittedException, InterruptedException {
    PlaceCall call = PlaceCall.to(url, null);
    TokenFile tokens = TokenFile.open(null);
    var unused =
        new PatientVisitor(call, tokens, told::add, Duration.ofSeconds(2)).untilAdmitted(NEVER);
  }

  @Test
  void whereNobodyListensItStopsAfterAWhile() throws IOException {
    int free;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = once.getLocalPort();
    }
    assertThatThrownBy(() -> waitAt("http://127.0.0.1:" + free))
        .isInstanceOf(NotAdmittedException.class)
        .hasMessageContaining("No answer: nothing answers at 127.0.0.1:" + free);
    assertThat(told).hasSizeGreaterThan(1);
  }

  @Test
  void aHostThatNobodyKnowsIsNamed() {
    assertThatThrownBy(() -> waitAt("http://tickets.invalid"))
        .isInstanceOf(NotAdmittedException.class)
        .hasMessageContaining("tickets.invalid is no host that is known here");
  }

  @Test
  void whoAnswersAndIsNoGatewayIsNotAskedForEver() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Thread busy = new Thread(() -> refuse(server));
      busy.start();
      assertThatThrownBy(() -> waitAt("http://127.0.0.1:" + server.getLocalPort()))
          .isInstanceOf(NotAdmittedException.class)
          .hasMessageContaining("status 503");
    }
  }

  /** Says that it is busy until it is closed. */
  private static void refuse(ServerSocket server) {
    String busy = "HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        if (socket.getInputStream().read(new byte[4096]) > 0) {
          socket.getOutputStream().write(busy.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
