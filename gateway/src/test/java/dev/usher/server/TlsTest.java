package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.edge.RawHttp2;
import dev.usher.proxy.LiteralPod;
import dev.usher.proxy.ProxyRig;
import dev.usher.server.ConnectionObserver.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which TLS visitors come in. */
class TlsTest {
  private static final ProxyRig rig = new ProxyRig();

  @BeforeAll
  static void aPodBehindTls(@TempDir Path folder) {
    ListenOptions.Limits limits =
        new ListenOptions.Limits(
            8192,
            0,
            256,
            10_000,
            Duration.ofSeconds(60),
            Duration.ofSeconds(620),
            Duration.ofSeconds(20));
    rig.listen =
        new ListenOptions(
            "127.0.0.1", 0, TestCertificate.writeTo(folder), ListenOptions.Proxies.NONE, limits);
    rig.rawPod(new LiteralPod());
    rig.start();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  private static SSLSocket socket() throws IOException {
    SSLSocket socket =
        (SSLSocket) RawHttp2.trustingAll().getSocketFactory().createSocket("127.0.0.1", rig.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Test
  void ciphersOfOldAreRefused() throws IOException {
    try (SSLSocket socket = socket()) {
      String[] old =
          Arrays.stream(socket.getSupportedCipherSuites())
              .filter(cipher -> cipher.contains("_CBC_") || cipher.startsWith("TLS_RSA_"))
              .toArray(String[]::new);
      assertThat(old).isNotEmpty();
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(old);
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aVisitorOfTls12IsServedAndMayNotBeginAnotherHandshake() throws IOException {
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      byte[] request = "GET / HTTP/1.1\r\nHost: s\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      byte[] answer = new byte[4];
      assertThat(socket.getInputStream().readNBytes(answer, 0, 4)).isEqualTo(4);
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                while (socket.getInputStream().read() >= 0) {
                  // what is left of the answer
                }
                throw new IOException("closed");
              })
          .isInstanceOf(IOException.class);
      ProxyRig.eventually(() -> rig.refused.contains(Reason.TLS_RENEGOTIATION));
    }
  }
}
