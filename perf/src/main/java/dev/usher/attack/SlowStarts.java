package dev.usher.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Connections that begin something and never end it: each must be closed when its time is over. */
final class SlowStarts implements Attack {
  /** The head's time is 2 s in these gateways; a handshake's is at most 10 s. */
  private static final long CLOSED_WITHIN_MILLIS = 12_000;

  /** What is begun. */
  enum Way {
    HEADS("heads that never end", Entrance.PLAIN),
    DRIPPING_HEADS("heads a byte at a time", Entrance.PLAIN),
    HANDSHAKES("TLS handshakes that never end", Entrance.TLS),
    PREFACES("HTTP/2 prefaces that never end", Entrance.TLS),
    HTTP2_HEADS("HTTP/2 heads that never end", Entrance.TLS);

    private final String kind;
    private final Entrance entrance;

    Way(String kind, Entrance entrance) {
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
  public Entrance entrance() {
    return way.entrance;
  }

  @Override
  public boolean peersToo() {
    return way == Way.HEADS || way == Way.HTTP2_HEADS;
  }

  @Override
  public Result on(Door door) throws Exception {
    List<Wire> slow = new ArrayList<>();
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
      Pace pace = witness.pace();
      slow.forEach(Wire::close);
      String wrong = open == 0 ? "" : open + " were still open after 12 s";
      return Result.ofFlood(connections, wrong.isEmpty() ? door.wrongAfter(pace) : wrong, pace);
    } finally {
      slow.forEach(Wire::close);
    }
  }

  private Wire begin(Door door) throws IOException {
    switch (way) {
      case HEADS, DRIPPING_HEADS -> {
        Wire wire = Wire.plain(door.port());
        wire.send("GET /main/slow HTTP/1.1\r\nHost: s\r\nX: ");
        return wire;
      }
      case HANDSHAKES -> {
        Wire wire = Wire.plain(door.port());
        // The first bytes of a ClientHello.
        wire.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0});
        return wire;
      }
      case PREFACES -> {
        Wire wire = Wire.tls(door.port(), "h2");
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

  private static void drip(List<Wire> slow) {
    for (Wire wire : slow) {
      try {
        wire.send("y");
      } catch (IOException closed) {
        // Its time was over.
      }
    }
  }
}
