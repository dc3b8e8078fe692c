package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.Noticed;
import dev.usher.attack.field.Pause;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One pass that tries to take every slot of every pod. */
final class Hogging implements Attack {
  /** The pod has 100 slots. */
  private static final int CONNECTIONS = 130;

  /** The other visitor has one request at a time, and the pod's probe may be another. */
  private static final int OF_THE_WITNESS = 2;

  /** What each connection with the one pass does. */
  enum Way {
    SLOW_BODIES(
        "slow bodies of one pass", "POST /main/hog HTTP/1.1", "Content-Length: 1000000\r\n\r\nx"),
    SMALL_BODIES(
        "small slow bodies of one pass",
        "POST /main/hog HTTP/1.1",
        "Content-Length: 1000\r\n\r\nx"),
    SLOW_READERS("slow readers of one pass", "GET /main/big?n=30000000 HTTP/1.1", "\r\n"),
    WEB_SOCKETS(
        "WebSockets of one pass",
        "GET /main/ws HTTP/1.1",
        """
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        \r
        """),
    STREAMS(
        "event streams of one pass",
        "GET /main/stream HTTP/1.1",
        "Accept: text/event-stream\r\n\r\n"),
    SLOW_ANSWERS("slow answers of one pass", "GET /main/slow?ms=3000 HTTP/1.1", "\r\n"),
    STRANGERS(
        "slow bodies of a stranger, outside rooms",
        "POST /free/hog HTTP/1.1",
        "Content-Length: 1000000\r\n\r\nx");

    private final String kind;
    private final String line;
    private final String rest;

    Way(String kind, String line, String rest) {
      this.kind = kind;
      this.line = line;
      this.rest = rest;
    }
  }

  private final Way way;
  private final long millis;

  Hogging(Way way, boolean isShort) {
    this.way = way;
    this.millis = isShort ? 1000 : 5000;
  }

  @Override
  public String kind() {
    return way.kind;
  }

  @Override
  public AttackedGateways entrance() {
    return AttackedGateways.PLAIN;
  }

  @Override
  public boolean peersToo() {
    return false;
  }

  @Override
  public Result on(GatewayDoor door) throws Exception {
    String pass = way == Way.STRANGERS ? "" : door.pass();
    List<RawConnection> hogs = new ArrayList<>();
    try (Witness witness = Witness.of(door)) {
      int most = 0;
      for (int i = 0; i < CONNECTIONS; i++) {
        hogs.add(hog(door, pass));
      }
      for (long t = 0; t < millis || !witness.hasSeenEnough(); t += 250) {
        Pause.of(250);
        most = Math.max(most, door.inFlight());
        drip(hogs);
      }
      Noticed pace = witness.pace();
      hogs.forEach(RawConnection::close);
      String wrong = door.wrongAfter(pace);
      if (wrong.isEmpty() && way == Way.SMALL_BODIES && most > OF_THE_WITNESS) {
        wrong = "bodies that are not whole hold slots";
      }
      return Result.ofFlood(
          CONNECTIONS, wrong.isEmpty() ? "" : wrong + ", in flight " + most, pace);
    } finally {
      hogs.forEach(RawConnection::close);
    }
  }

  private RawConnection hog(GatewayDoor door, String pass) throws IOException {
    // A stranger comes from its own address: loopback itself counts as the local machine.
    RawConnection wire =
        way == Way.STRANGERS
            ? RawConnection.from("127.0.0.2", door.port())
            : RawConnection.stalled(door, "http/1.1");
    String address = way == Way.STRANGERS ? "X-Forwarded-For: 203.0.113.77\r\n" : "";
    wire.send(way.line + "\r\nHost: s\r\n" + address + pass + way.rest);
    return wire;
  }

  private void drip(List<RawConnection> hogs) {
    if (way == Way.STREAMS || way == Way.SLOW_READERS || way == Way.SLOW_ANSWERS) {
      return;
    }
    for (RawConnection wire : hogs) {
      try {
        wire.send("y");
      } catch (IOException closed) {
        // The gateway closed it, as it should.
      }
    }
  }
}
