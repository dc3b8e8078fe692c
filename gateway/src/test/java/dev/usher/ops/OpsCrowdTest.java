package dev.usher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crowd of connections on the operators' port keeps out no probe. */
final class OpsCrowdTest {
  /** A second of probes: no kubelet gives a pod up sooner. */
  private static final int PROBES = 5;

  private static final long BETWEEN_MILLIS = 200;

  private static final String BY_ANNA =
      "Authorization: Bearer BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB\r\n\r\n";

  private final OpsRig rig = new OpsRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /livez HTTP/1.1\r\nHo",
        "GET /livez HTTP/1.1\r\nHost: o\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: o\r\n\r\n\r\n",
        "POST /api/rooms/concert/sessions/end HTTP/1.1\r\nHost: o\r\nContent-Length: 9\r\n"
            + BY_ANNA,
        "\u0016\u0003\u0001"
      })
  void healthIsToldThoughAThousandConnectionsAreHeldOpen(String said) throws IOException {
    rig.tick();
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port());
        crowd.add(socket);
        say(socket, said);
      }
      for (int i = 0; i < 10; i++) {
        for (Socket socket : crowd.subList(900, 1000)) {
          say(socket, i % 2 == 0 ? "X" : "");
        }
        // Whether the loops of the rig turn, on a busy machine, is not the question here.
        assertThat(live()).contains("\"live\"");
        assertThat(rig.onceOnly("/readyz")).startsWith("200");
      }
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  @Test
  void healthIsToldThoughAHundredHadTheirLastAnswerAndStay() throws IOException {
    rig.tick();
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port());
        crowd.add(socket);
        say(socket, "\u0016\u0003\u0001\r\n\r\n");
        assertThat(socket.getInputStream().read()).as("an answer begins").isEqualTo('H');
      }
      assertThat(live()).contains("\"live\"");
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  /** As a probe asks: again a moment later, where those who make room are not gone yet. */
  private String live() {
    String answer = rig.onceOnly("/livez");
    for (int i = 0; i < PROBES && answer.startsWith("503 <!doctype"); i++) {
      Wait.pause(BETWEEN_MILLIS);
      answer = rig.onceOnly("/livez");
    }
    return answer;
  }

  private static void say(Socket socket, String said) throws IOException {
    try {
      socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException gone) {
      // It made room for another.
    }
  }
}
