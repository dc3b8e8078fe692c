package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is renewed while visitors come. */
class RenewedCertificateTest {
  @RegisterExtension
  private final WrittenLog log = new WrittenLog("dev.usher.server.ServedCertificate");

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private Path certificate = folder;
  private Path key = folder;

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private ListenOptions.Tls pair(int days) throws IOException {
    return TestCertificate.ending(folder.resolve("made" + days), days);
  }

  private void write(Path to, String from) {
    try {
      Files.writeString(to, Files.readString(Path.of(from)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Gateway gateway() {
    return stage.gateway(
        ("listen: {host: 127.0.0.1, port: 0, tls: {certificate: '" + certificate + "', key: '")
            + (key + "'}}\n" + Stage.shop(stage.pod(), 5) + "rooms: {concert: {}}"));
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** When the certificate ends that a visitor is shown, who speaks this protocol after it. */
  private static long shownEnds(int port, String protocol) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo(protocol);
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return shown.getNotAfter().toInstant().getEpochSecond();
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static long told(Gateway gateway) {
    return new Guest(gateway.opsPort())
        .fetches("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("usher_certificate_expiry_timestamp_seconds "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNewPairIsShownToWhoConnectsAndABadOneIsRefusedLoudlyWhileTheOldGoesOn() throws IOException {
    ListenOptions.Tls first = pair(30);
    ListenOptions.Tls second = pair(60);
    write(certificate, first.certificate());
    write(key, first.key());
    Gateway gateway = gateway();
    long before = shownEnds(gateway.port(), "h2");
    assertThat(told(gateway)).isEqualTo(before);

    // Only one of the two is there: they do not go together.
    write(certificate, second.certificate());
    Stage.until("it is refused", () -> log.said().stream().anyMatch(this::isRefused));
    assertThat(shownEnds(gateway.port(), "http/1.1")).isEqualTo(before);
    assertThat(told(gateway)).isEqualTo(before);

    write(key, second.key());
    Stage.until("it is shown", () -> shownEnds(gateway.port(), "h2") > before);
    for (String protocol : List.of("h2", "http/1.1")) {
      for (int i = 0; i < 8; i++) {
        assertThat(shownEnds(gateway.port(), protocol)).isGreaterThan(before);
      }
    }
    Stage.until("it is told", () -> told(gateway) > before);

    Files.writeString(certificate, "no certificate at all");
    Stage.until("it is refused", () -> log.said().stream().filter(this::isRefused).count() > 1);
    assertThat(shownEnds(gateway.port(), "h2")).isGreaterThan(before);
  }

  private boolean isRefused(String said) {
    return said.startsWith("ERROR certificate_refused");
  }
}
