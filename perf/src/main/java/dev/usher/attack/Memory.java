package dev.usher.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A crowd that does not read what it asked for, or sends what its pod does not read, before a
 * gateway of 256 MB. What each costs is the growth of the whole process.
 */
final class Memory implements Attack {
  private static final int SOME_UPLOAD = 1_000_000;

  private final boolean uploads;
  private final int crowd;
  private final long millis;
  private final List<String> costs = Collections.synchronizedList(new ArrayList<>());

  Memory(boolean uploads, boolean isShort) {
    this.uploads = uploads;
    this.crowd = isShort ? 150 : 1000;
    this.millis = isShort ? 1500 : 6000;
  }

  @Override
  public String kind() {
    return crowd + (uploads ? " uploads that no pod reads" : " readers who do not read");
  }

  @Override
  public Entrance entrance() {
    return Entrance.SMALL;
  }

  @Override
  public boolean peersToo() {
    return true;
  }

  /** What it cost at each door, for below the table. */
  List<String> costs() {
    return List.copyOf(costs);
  }

  @Override
  public Result on(Door door) throws Exception {
    List<Wire> wires = new ArrayList<>();
    try (Witness witness = Witness.of(door)) {
      long before = door.process().rssMb();
      for (int i = 0; i < crowd; i++) {
        // A few a pass, so that nobody waits for slots of their own.
        if (i % 5 == 0) {
          pass = door.pass();
        }
        wires.add(stall(door));
      }
      Pause.of(millis);
      long after = door.process().rssMb();
      costs.add(String.format("%s: %s: RSS %d to %d MB", kind(), door.name(), before, after));
      Pace pace = witness.pace();
      wires.forEach(Wire::close);
      return Result.ofFlood(crowd, door.wrongAfter(pace), pace);
    } finally {
      wires.forEach(Wire::close);
    }
  }

  private String pass = "";

  private Wire stall(Door door) throws IOException {
    Wire wire = Wire.stalled(door);
    String fields = " HTTP/1.1\r\nHost: s\r\n" + pass;
    if (!uploads) {
      wire.send("GET /main/big?n=50000000" + fields + "\r\n");
      return wire;
    }
    wire.send("POST /main/swallow?ms=15000" + fields + "Content-Length: 1000000000\r\n\r\n");
    Thread sender =
        new Thread(
            null,
            () -> {
              try {
                wire.send(new byte[SOME_UPLOAD]);
              } catch (IOException closed) {
                // It was put out, or the crowd has gone.
              }
            },
            "upload",
            256 * 1024);
    sender.setDaemon(true);
    sender.start();
    return wire;
  }
}
