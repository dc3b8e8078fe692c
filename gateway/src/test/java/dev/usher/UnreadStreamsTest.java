package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawHttp2;
import dev.usher.edge.Wire;
import dev.usher.house.Over;
import dev.usher.house.Wait;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;

/** A stream that is opened and not read, before a whole gateway. */
@Execution(ExecutionMode.CONCURRENT)
class UnreadStreamsTest {
  private static final int SETTINGS_INITIAL_WINDOW = 4;
  private static final long CANCEL = 8;

  /** What a message says at most; each of these letters is six bytes of JSON. */
  private static final String WORDS = "<".repeat(290);

  /** What both systems may hold: more than the unsent part and the window, less than megabytes. */
  private static final int HELD_MAX = 256 * 1024;

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);

  @AfterEach
  void clear() {
    stage.close();
  }

  /** A gateway whose one place is taken. */
  private Gateway fullHouse(Way way) {
    stage = new Stage(folder, way);
    Gateway gateway = stage.gateway(Stage.shop(stage.pod(), 1) + "rooms: {concert: {}}");
    stage.guest(gateway.port()).comesIn("/");
    return gateway;
  }

  private Guest waiting(Gateway gateway) {
    Guest guest = stage.guest(gateway.port());
    Stage.until("the guest waits", () -> "waiting".equals(guest.opens("/").state()));
    return guest;
  }

  private static String cookies(Guest guest) {
    StringBuilder all = new StringBuilder();
    guest.jar().forEach((name, value) -> all.append(name).append('=').append(value).append("; "));
    return all.substring(0, all.length() - 2);
  }

  /** Has something new to tell again and again, until a stream has been dropped. */
  private static void untilDropped(Gateway gateway) {
    Operator operator = new Operator(gateway);
    int[] said = {0};
    Stage.within(
        300,
        "the stream is dropped",
        () -> {
          operator.does("message", new JsonObject().put("message", said[0]++ + WORDS));
          Wait.pause(700);
          return operator.reads("/metrics").body().contains("usher_streams_dropped_total 1.0");
        });
  }

  /** A connection whose visitor's system takes little that nobody reads. */
  private static Socket narrow(Wire wire, int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    if (!wire.secure()) {
      return socket;
    }
    SSLSocket tls =
        (SSLSocket)
            RawHttp2.trustingAll().getSocketFactory().createSocket(socket, "localhost", port, true);
    tls.startHandshake();
    return tls;
  }

  /** How much comes until the connection ends, in whatever way. */
  private static int readToTheEnd(Socket socket) {
    byte[] bytes = new byte[8192];
    int read = 0;
    try {
      for (int some = 0; some >= 0; some = socket.getInputStream().read(bytes)) {
        read += some;
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("The connection must end but went on after " + read, e);
    } catch (IOException gone) {
      // So it ended.
    }
    return read;
  }

  @ParameterizedTest
  @Over(
      value = Way.class,
      only = {"HTTP_1", "TLS"})
  void overHttp1TheConnectionIsCutOff(Way way) throws IOException {
    Gateway gateway = fullHouse(way);
    Guest guest = waiting(gateway);
    Guest other = waiting(gateway);
    try (Socket socket = narrow(way.wire(), gateway.port());
        Listening reads = other.listens()) {
      reads.hears("place", "waiting");
      String asked = "GET /_usher/stream HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\n\r\n";
      socket
          .getOutputStream()
          .write(asked.formatted(cookies(guest)).getBytes(StandardCharsets.US_ASCII));
      untilDropped(gateway);
      assertThat(readToTheEnd(socket)).isBetween(1, HELD_MAX);
      assertThat(reads.isOver()).as("the stream of who reads").isFalse();
    }
    assertThat(guest.place().json().getString("state")).isEqualTo("waiting");
  }

  @Test
  void overHttp2AStreamThatEndedUnreadIsCutOffToo() {
    Gateway gateway = fullHouse(Way.HTTP_2);
    Guest guest = waiting(gateway);
    try (RawHttp2 raw = new RawHttp2(gateway.port())) {
      // Nothing of a body may come, not even its end.
      raw.frame(RawHttp2.SETTINGS, 0, 0, new byte[] {0, SETTINGS_INITIAL_WINDOW, 0, 0, 0, 0});
      String[] cookie = {"cookie", cookies(guest)};
      raw.headers(1, true, RawHttp2.request("/_usher/stream", cookie));
      Stage.until("it listens", () -> metrics(gateway).contains("usher_open_streams 1.0"));
      guest.posts("/_usher/leave");
      Stage.within(
          300, "it is dropped", () -> metrics(gateway).contains("usher_streams_dropped_total 1.0"));
      assertThat(metrics(gateway)).contains("usher_open_streams 0.0");
      assertThat(raw.reply(1).reset).isEqualTo(CANCEL);
    }
  }

  private static String metrics(Gateway gateway) {
    return new Operator(gateway).reads("/metrics").body();
  }

  @Test
  void overHttp2OnlyTheStreamIsCutOff() {
    Gateway gateway = fullHouse(Way.HTTP_2);
    Guest guest = waiting(gateway);
    try (RawHttp2 raw = new RawHttp2(gateway.port())) {
      byte[] window = {0, SETTINGS_INITIAL_WINDOW, 0, 0, 2, 0};
      raw.frame(RawHttp2.SETTINGS, 0, 0, window);
      String[] cookie = {"cookie", cookies(guest)};
      raw.headers(1, true, RawHttp2.request("/_usher/stream", cookie));
      untilDropped(gateway);
      assertThat(raw.reply(1).reset).isEqualTo(CANCEL);
      raw.frame(RawHttp2.SETTINGS, 0, 0, new byte[] {0, SETTINGS_INITIAL_WINDOW, 0, 0, 127, 0});
      raw.headers(3, true, RawHttp2.request("/_usher/place", cookie));
      assertThat(raw.reply(3).status()).isEqualTo("200");
    }
  }
}
