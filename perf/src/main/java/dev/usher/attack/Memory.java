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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A crowd that does not read what it asked for, or sends what its pod does not read, against a
 * gateway with 256 MB. The cost of each is the growth of the whole process.
 */
final class Memory implements Attack {
  private static final int SOME_UPLOAD = 1_000_000;

  /** How much an HTTP/2 stream may send before the window is raised. */
  private static final int FIRST_WINDOW = 65_535;

  private static final int FRAME = 16_384;

  /** How the crowd connects. */
  enum Way {
    PLAIN("", AttackedGateways.SMALL),
    TLS(", by TLS", AttackedGateways.SMALL_TLS),
    HTTP2(", by HTTP/2", AttackedGateways.SMALL_TLS);

    private final String word;
    private final AttackedGateways entrance;

    Way(String word, AttackedGateways entrance) {
      this.word = word;
      this.entrance = entrance;
    }
  }

  private final Way way;
  private final boolean uploads;
  private final int crowd;
  private final long millis;
  private final List<String> costs = Collections.synchronizedList(new ArrayList<>());
  private String pass = "";

  Memory(Way way, boolean uploads, boolean isShort) {
    this.way = way;
    this.uploads = uploads;
    this.crowd = isShort ? 150 : 1000;
    this.millis = isShort ? 1500 : 6000;
  }

  @Override
  public String kind() {
    return crowd + (uploads ? " uploads that no pod reads" : " readers who do not read") + way.word;
  }

  @Override
  public AttackedGateways entrance() {
    return way.entrance;
  }

  @Override
  public boolean peersToo() {
    return true;
  }

  /** What it cost at each door, to be printed below the table. */
  List<String> costs() {
    return List.copyOf(costs);
  }

  @Override
  public Result on(GatewayDoor door) throws Exception {
    List<RawConnection> wires = new ArrayList<>();
    try (Witness witness = Witness.of(door)) {
      long before = door.process().rssMb();
      for (int i = 0; i < crowd; i++) {
        // A few per pass, so that nobody waits for their own slots.
        if (i % 5 == 0) {
          pass = door.pass();
        }
        wires.add(stall(door));
      }
      // All at once: what the sockets took in while others were served arrives in one go.
      wires.forEach(this::sendBody);
      Pause.of(millis);
      long after = door.process().rssMb();
      costs.add(String.format("%s: %s: RSS %d to %d MB", kind(), door.name(), before, after));
      Noticed pace = witness.pace();
      wires.forEach(RawConnection::close);
      return Result.ofFlood(crowd, door.wrongAfter(pace), pace);
    } finally {
      wires.forEach(RawConnection::close);
    }
  }

  private RawConnection stall(GatewayDoor door) throws IOException {
    RawConnection wire = RawConnection.stalled(door, way == Way.HTTP2 ? "h2" : "http/1.1");
    wire.send(way == Way.HTTP2 ? H2.start(new byte[0]) : new byte[0]);
    wire.send(head());
    return wire;
  }

  private byte[] head() {
    String path = uploads ? "/main/swallow?ms=50000" : "/main/big?n=50000000";
    if (way == Way.HTTP2) {
      String shown = pass.replace("Usher-Pass: ", "").strip();
      String[] field = shown.isEmpty() ? new String[0] : new String[] {"usher-pass", shown};
      byte[] head = Frames.request(uploads ? "POST" : "GET", path, field);
      int flags = Frames.END_HEADERS | (uploads ? 0 : Frames.END_STREAM);
      return Frames.frame(Frames.HEADERS, flags, 1, head);
    }
    String fields = " HTTP/1.1\r\nHost: s\r\n" + pass;
    return (uploads
            ? "POST " + path + fields + "Content-Length: 1000000000\r\n\r\n"
            : "GET " + path + fields + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] frames() {
    byte[] all = new byte[0];
    for (int left = FIRST_WINDOW; left > 0; left -= FRAME) {
      all = Frames.join(all, Frames.frame(Frames.DATA, 0, 1, new byte[Math.min(FRAME, left)]));
    }
    return all;
  }

  private void sendBody(RawConnection wire) {
    if (!uploads) {
      return;
    }
    byte[] body = way == Way.HTTP2 ? frames() : new byte[SOME_UPLOAD];
    Thread sender =
        new Thread(
            null,
            () -> {
              try {
                wire.send(body);
              } catch (IOException closed) {
                // The gateway closed it, or the crowd has gone.
              }
            },
            "upload",
            256 * 1024);
    sender.setDaemon(true);
    sender.start();
  }
}
