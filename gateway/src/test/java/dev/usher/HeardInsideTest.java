package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.Talk;
import dev.usher.house.Over;
import dev.usher.house.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A page that is open and talks, though by no plain requests, keeps its session. */
@Over(
    value = Way.class,
    only = {"HTTP_1", "HTTP_1_LATE_STORE", "TLS"}) // WebSockets come by HTTP/1.1 only
class HeardInsideTest extends EveryWay {
  /** A ping with no content, masked by nothing. */
  private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};

  private static final long LONGER_THAN_THE_PASS = TimeUnit.SECONDS.toNanos(5);

  private String room(String session) {
    return Stage.shop(stage().pod(), 1) + "rooms: {concert: {session: {" + session + "}}}";
  }

  @Test
  void whatComesByAWebSocketKeepsTheSession() throws IOException {
    int port = stage().gateway(room("timeout: 2s")).port();
    Guest inside = guest(port).comesIn("/");
    Guest next = guest(port);
    assertThat(next.opens("/").state()).isEqualTo("waiting");
    try (Talk talk = tunnel(port, inside)) {
      talks(talk, next);
      assertThat(next.opens("/").state()).isEqualTo("waiting");
      // The pass has run out long ago; the session has not.
      assertThat(inside.fetches("/api").state()).isEqualTo("admitted");
    }
    next.comesIn("/");
  }

  @Test
  void noSessionIsLongerThanTheLongestHoweverMuchIsSaid() throws IOException {
    int port = stage().gateway(room("timeout: 1s, max: 2s")).port();
    Guest inside = guest(port).comesIn("/");
    Guest next = guest(port);
    assertThat(next.opens("/").state()).isEqualTo("waiting");
    try (Talk talk = tunnel(port, inside)) {
      Stage.until(
          "the next one is in, though the other still talks",
          () -> {
            ping(talk);
            return "admitted".equals(next.opens("/").state());
          });
    }
  }

  @Test
  void whatComesAfterALongSilenceBringsNoSessionBack() throws IOException {
    Gateway gateway = stage().gateway(room("timeout: 1s"));
    Guest operator = new Guest(gateway.opsPort());
    Guest inside = guest(gateway.port()).comesIn("/");
    Guest next = guest(gateway.port());
    assertThat(next.opens("/").state()).isEqualTo("waiting");
    try (Talk talk = tunnel(gateway.port(), inside)) {
      next.comesIn("/");
      for (int i = 0; i < 20; i++) {
        ping(talk);
        assertThat(next.fetches("/").state()).isEqualTo("admitted");
        assertThat(operator.fetches("/api/rooms/concert").json().getInteger("inside"))
            .isLessThanOrEqualTo(1);
        Wait.pause(100); // some steps of the store
      }
    }
  }

  @Test
  void nobodyComesInByAnUpgrade() {
    int port = stage().gateway(room("timeout: 1m")).port();
    Stage.until("the room is open", () -> guest(port).asks("HEAD", "/").status() == 200);
    Guest stranger = guest(port);
    Reply refused = stranger.asks("GET", "/ws", "Upgrade: websocket");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(stranger.jar()).isEmpty();
    // The only place is free.
    Guest buyer = guest(port);
    assertThat(buyer.opens("/").state()).isEqualTo("admitted");
    buyer.fetches("/thanks?end");
    assertThat(buyer.fetches("/thanks.css").state()).isEqualTo("ended");
    assertThat(buyer.asks("GET", "/ws", "Upgrade: websocket").status()).isEqualTo(429);
  }

  private void talks(Talk talk, Guest next) {
    for (long end = System.nanoTime() + LONGER_THAN_THE_PASS; System.nanoTime() < end; ) {
      ping(talk);
      next.place();
      Wait.pause(200);
    }
  }

  private static void ping(Talk talk) {
    try {
      talk.out().write(PING);
      talk.out().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Talk tunnel(int port, Guest who) throws IOException {
    Talk talk = way().wire().open(port, 15_000);
    StringBuilder cookies = new StringBuilder();
    who.jar().forEach((name, value) -> cookies.append(name).append('=').append(value));
    String ask =
        String.join(
                "\r\n",
                "GET /ws HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                "Cookie: " + cookies)
            + "\r\n\r\n";
    talk.out().write(ask.getBytes(StandardCharsets.ISO_8859_1));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) talk.in().read());
    }
    assertThat(head).startsWith("HTTP/1.1 101");
    return talk;
  }
}
