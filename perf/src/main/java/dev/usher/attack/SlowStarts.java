package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.Frames;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.H2;
import dev.usher.attack.field.Noticed;
import dev.usher.attack.field.Pause;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that begin something and never finish it: each must be closed when its time is over.
 */
final class SlowStarts implements Attack {
  /** In these gateways a head has 2 s; a handshake has at most 10 s. */
  private static final long CLOSED_WITHIN_MILLIS = 12_000;

  /** What is begun and not finished. */
  enum Way {
    HEADS("heads that never end", AttackedGateways.PLAIN),
    DRIPPING_HEADS("heads a byte at a time", AttackedGateways.PLAIN),
    HANDSHAKES("TLS handshakes that never end", AttackedGateways.TLS),
    PREFACES("HTTP/2 prefaces that never end", AttackedGateways.TLS),
    HTTP2_HEADS("HTTP/2 heads that never end", AttackedGateways.TLS);

    private final String kind;
    private final AttackedGateways entrance;

    Way(String kind, AttackedGateways entrance) {
      this.kind = kind;
      this.entrance = entrance;
    }
  }

  private final Way way;
  private final int connections;

  SlowStarts(Way way, boolean isShort) {
    this.way = way;
    this.connections = isShort ? 60 : 400;
  }

  @Override
  public String kind() {
    return way.kind;
  }

  @Override
  public AttackedGateways entrance() {
    return way.entrance;
  }

  @Override
  public boolean peersToo() {
    return way == Way.HEADS || way == Way.HTTP2_HEADS;
  }

  @Override
  public Result on(GatewayDoor door) throws Exception {
    List<RawConnection> slow = new ArrayList<>();
    try (Witness witness = Witness.of(door)) {
      for (int i = 0; i < connections; i++) {
        slow.add(begin(door));
      }
      long end = System.nanoTime() + CLOSED_WITHIN_MILLIS * 1_000_000;
      int open = connections;
      while (open > 0 && System.nanoTime() < end) {
        if (way == Way.DRIPPING_HEADS) {
          drip(slow);
        }
        Pause.of(200);
        open = (int) slow.stream().filter(wire -> !wire.isClosed(1)).count();
      }
      Noticed pace = witness.pace();
      slow.forEach(RawConnection::close);
      String wrong = open == 0 ? "" : open + " were still open after 12 s";
      return Result.ofFlood(connections, wrong.isEmpty() ? door.wrongAfter(pace) : wrong, pace);
    } finally {
      slow.forEach(RawConnection::close);
    }
  }

  private RawConnection begin(GatewayDoor door) throws IOException {
    switch (way) {
      case HEADS, DRIPPING_HEADS -> {
        RawConnection wire = RawConnection.plain(door.port());
        wire.send("GET /main/slow HTTP/1.1\r\nHost: s\r\nX: ");
        return wire;
      }
      case HANDSHAKES -> {
        RawConnection wire = RawConnection.plain(door.port());
        // The first bytes of a ClientHello.
        wire.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0});
        return wire;
      }
      case PREFACES -> {
        RawConnection wire = RawConnection.tls(door.port(), "h2");
        wire.send("PRI * HTTP/2.0\r\n");
        return wire;
      }
      default -> {
        H2 h2 = H2.connect(door);
        h2.send(Frames.frame(Frames.HEADERS, 0, 1, Frames.get("/main/slow")));
        return h2.wire();
      }
    }
  }

  private static void drip(List<RawConnection> slow) {
    for (RawConnection wire : slow) {
      try {
        wire.send("y");
      } catch (IOException closed) {
        // Its time was over.
      }
    }
  }
}
