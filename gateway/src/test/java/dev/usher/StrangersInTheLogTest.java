package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whatever a stranger sends, at whichever port, it is no line at WARN and no trace in the log. */
class StrangersInTheLogTest {
  private static final int TIMES = 5;

  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);

  @BeforeEach
  void listen() {
    stage = new Stage(folder);
    written.start();
    root.addAppender(written);
  }

  @AfterEach
  void clear() {
    root.detachAppender(written);
    stage.close();
  }

  private static List<byte[]> strange() {
    byte[] noise = new byte[3000];
    new Random(1).nextBytes(noise);
    byte[] hello = {0x16, 3, 1, 0, 60, 1, 0, 0, 56, 3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    return List.of(
        new byte[0],
        noise,
        hello,
        text("GET /_usher/place?room=%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
        text("POST /_usher/join?room=%ff%fe HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"),
        text("GET /% HTTP/1.1\r\nHost: a\r\n\r\n"),
        text("GET /api/rooms/%?x=% HTTP/1.1\r\nHost: a\r\n\r\n"),
        text(
            "POST /api/rooms/concert/sessions/end HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\npass=%"),
        text(
            "POST /api/rooms/concert/pause HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n"
                + "Authorization: Bearer \u00e4\r\nOrigin: ://\r\n\r\n{\"a\":}"),
        text("POST /sale HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nless"),
        text("POST /sale HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        text("GET /sale HTTP/1.1\r\nHost: a\r\nA: " + "a".repeat(40_000) + "\r\n\r\n"),
        text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense that is no frame at all"),
        text("GET / HTTP/1.1\r\nHost: a b\r\nHost: c\r\n\r\n"));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends it, and resets the connection or closes it without waiting for anything. */
  private static void send(int port, byte[] bytes, boolean reset) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoLinger(reset, 0);
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      if (!reset) {
        socket.setSoTimeout(300);
        int unused = socket.getInputStream().read(new byte[4096]);
      }
    } catch (IOException gone) {
      // That is what strangers meet.
    }
  }

  private void sendAll(int port) {
    for (int i = 0; i < TIMES; i++) {
      for (byte[] bytes : strange()) {
        send(port, bytes, true);
        send(port, bytes, false);
      }
    }
  }

  private List<String> said() {
    return List.copyOf(written.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        // What a busy machine does to our own threads is no stranger's doing.
        .filter(event -> !event.getLoggerName().endsWith("BlockedThreadChecker"))
        .filter(event -> !isOfThePod(event.getThrowableProxy()))
        .map(event -> event.getLoggerName() + " " + event.getMessage() + event.getThrowableProxy())
        .filter(line -> !line.contains("config_warning") && !line.contains("open_files_low"))
        .filter(line -> !line.contains("random_key"))
        .distinct()
        .toList();
  }

  /** The pod of the plays runs in this process, too, and reads queries as the library does. */
  private static boolean isOfThePod(@Nullable IThrowableProxy thrown) {
    return thrown != null
        && Stream.of(thrown.getStackTraceElementProxyArray())
            .anyMatch(frame -> frame.getStackTraceElement().getClassName().contains("TestPod"));
  }

  @Test
  void byPlainConnectionsAtBothPorts() {
    Gateway gateway =
        stage.gateway(Stage.shop(stage.pod(), 5) + "rooms: {concert: {paths: [/sale]}}");
    sendAll(gateway.port());
    sendAll(gateway.opsPort());
    assertThat(new Guest(gateway.port()).opens("/sale").status()).isEqualTo(200);
    assertThat(said()).isEmpty();
  }

  @Test
  void atAPortOfTls() {
    ListenOptions.Tls tls = TestCertificate.shared();
    Gateway gateway =
        stage.gateway(
            ("listen: {host: 127.0.0.1, port: 0, tls: {certificate: '" + tls.certificate())
                + ("', key: '" + tls.key() + "'}}\n")
                + Stage.shop(stage.pod(), 5)
                + "rooms: {concert: {paths: [/sale]}}");
    sendAll(gateway.port());
    assertThat(said()).isEmpty();
  }
}
