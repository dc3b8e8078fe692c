package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.Talk;
import dev.usher.house.Over;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A page's WebSocket goes where its session is. */
@Over(
    value = Way.class,
    only = {"HTTP_1", "TLS"}) // WebSockets come by HTTP/1.1 only
class StickySocketsTest extends StickyPlay {
  private static final String SMALL = "\n    hold: 300ms\n    maxInFlightPerPod: 2";

  /** A connection that asked for a socket, and the head of the answer. */
  private record Socket(Talk talk, String head) implements AutoCloseable {
    @Override
    public void close() {
      try {
        talk.close();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private Socket socket(int port, Guest who, String target) {
    List<String> cookies = new ArrayList<>();
    who.jar().forEach((name, value) -> cookies.add(name + '=' + value));
    String ask =
        String.join(
            "\r\n",
            "GET " + target + " HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "Cookie: " + String.join("; ", cookies),
            "",
            "");
    try {
      Talk talk = way().wire().open(port, 15_000);
      talk.out().write(ask.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) talk.in().read());
      }
      return new Socket(talk, head.toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** As browsers keep what comes with the answer to a WebSocket. */
  private static void keep(String head, Guest who) {
    head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie: "))
        .map(line -> line.substring(line.indexOf(' ') + 1, line.indexOf(';')))
        .forEach(pair -> who.jar().put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
  }

  @Test
  void aSocketGoesToThePodOfItsSessionAndSaysNothingNew() {
    int port = gateway(shop("prefer", "", 3), 3).port();
    for (int i = 0; i < 4; i++) {
      Guest guest = guest(port);
      guest.comesIn("/");
      String own = "/of" + i;
      guest.fetches(own);
      for (int k = 0; k < 5; k++) {
        try (Socket socket = socket(port, guest, own)) {
          assertThat(socket.head()).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("cookie");
        }
      }
      assertThat(askedFor(own)).hasSize(1);
    }
  }

  @Test
  void aSocketThatFindsNoRoomThereMovesItsSessionForGood() {
    Gateway gateway = gateway(shop("prefer", SMALL, 2), 2);
    TestPod own = pods.get(0);
    List<Guest> guests = on(own, gateway.port(), 3);
    List<CompletableFuture<Reply>> held = fill(own, guests.subList(0, 2));
    Guest moves = guests.get(2);
    try (Socket socket = socket(gateway.port(), moves, "/ws")) {
      assertThat(socket.head()).startsWith("HTTP/1.1 101");
      assertThat(askedFor("/ws")).containsExactly(pods.get(1));
      // The same visit, as long as the socket is open: whatever the pass says.
      assertThat(moves.fetches("/beside").status()).isEqualTo(200);
      assertThat(askedFor("/beside")).containsExactly(pods.get(1));
      keep(socket.head(), moves);
    }
    own.release();
    held.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
    for (int k = 0; k < 6; k++) {
      moves.fetches("/after");
    }
    assertThat(askedFor("/after")).containsExactly(pods.get(1));
  }

  @Test
  void whatBeginsWithASocketThatMovedIsKeptByItsAnswerAlone() {
    Gateway gateway = gateway(shop("prefer", SMALL, 2), 2);
    TestPod own = pods.get(0);
    List<Guest> guests = on(own, gateway.port(), 3);
    List<CompletableFuture<Reply>> held = fill(own, guests.subList(0, 2));
    Guest moves = guests.get(2);
    try (Socket socket = socket(gateway.port(), moves, "/ws")) {
      keep(socket.head(), moves);
    }
    own.release();
    held.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
    Stage.until("the socket is over", () -> upstream(gateway).getInteger("inFlight") == 0);
    for (int k = 0; k < 6; k++) {
      moves.fetches("/after");
    }
    assertThat(askedFor("/after")).containsExactly(pods.get(1));
  }

  @Test
  void requiredItIsRefusedWhileItsPodIsFullAndOpensWhenThatHasRoom() {
    Gateway gateway = gateway(shop("require", SMALL, 2), 2);
    TestPod own = pods.get(0);
    List<Guest> guests = on(own, gateway.port(), 3);
    List<CompletableFuture<Reply>> held = fill(own, guests.subList(0, 2));
    Guest stays = guests.get(2);
    try (Socket socket = socket(gateway.port(), stays, "/ws")) {
      assertThat(socket.head()).startsWith("HTTP/1.1 503");
    }
    assertThat(askedFor("/ws")).isEmpty();
    own.release();
    held.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
    try (Socket socket = socket(gateway.port(), stays, "/ws")) {
      assertThat(socket.head()).startsWith("HTTP/1.1 101");
    }
    assertThat(askedFor("/ws")).containsExactly(own);
  }
}
