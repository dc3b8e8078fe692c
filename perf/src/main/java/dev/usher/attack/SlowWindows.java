package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.Frames;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.H2;
import dev.usher.attack.field.Noticed;
import dev.usher.attack.field.Pause;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One pass over HTTP/2 that takes large answers byte by byte, or not at all. */
final class SlowWindows implements Attack {
  private static final int STREAMS = 20;

  private final int window;
  private final int connections;
  private final long millis;

  SlowWindows(int window, boolean isShort) {
    this.window = window;
    this.connections = isShort ? 5 : 20;
    this.millis = isShort ? 1500 : 5000;
  }

  @Override
  public String kind() {
    return "HTTP/2: windows of " + window + " bytes";
  }

  @Override
  public AttackedGateways entrance() {
    return AttackedGateways.TLS;
  }

  @Override
  public boolean peersToo() {
    return true;
  }

  @Override
  public Result on(GatewayDoor door) throws Exception {
    List<H2> all = new ArrayList<>();
    try (Witness witness = Witness.of(door)) {
      String pass = door.pass().replace("Usher-Pass: ", "").strip();
      String[] more = pass.isEmpty() ? new String[0] : new String[] {"usher-pass", pass};
      for (int i = 0; i < connections; i++) {
        all.add(stall(door, more));
      }
      Pause.of(millis);
      while (!witness.hasSeenEnough()) {
        Pause.of(100);
      }
      Noticed pace = witness.pace();
      all.forEach(H2::close);
      return Result.ofFlood(connections * STREAMS, door.wrongAfter(pace), pace);
    } finally {
      all.forEach(H2::close);
    }
  }

  private H2 stall(GatewayDoor door, String[] more) throws IOException {
    H2 h2 = H2.connect(door, Frames.setting(4, window));
    try {
      for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
        byte[] head = Frames.get("/main/big?n=1000000", more);
        h2.send(Frames.frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream, head));
      }
    } catch (IOException closed) {
      // It was closed in the middle, which is one way to hold.
    }
    return h2;
  }
}
