package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.Noticed;
import dev.usher.attack.field.OnePlaceRoom;
import dev.usher.attack.field.RawAnswer;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;

/** One address that takes numbers as fast as it can. */
final class Joining implements Attack {
  private static final int AT_ONCE = 4;

  /**
   * By default an address may take 200 a second, with those of ten seconds at once; plus some
   * grace.
   */
  private static final int AT_FIRST = 2200;

  private static final int A_SECOND = 220;

  private final int joins;

  Joining(boolean isShort) {
    joins = isShort ? 8000 : 16_000;
  }

  @Override
  public String kind() {
    return "joins from one address";
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
    OnePlaceRoom.fill(door);
    try (Witness witness = Witness.of(door)) {
      long began = System.nanoTime();
      java.util.concurrent.atomic.AtomicInteger given =
          new java.util.concurrent.atomic.AtomicInteger();
      Tries tries = new Tries(AT_ONCE);
      for (int i = 0; i < AT_ONCE; i++) {
        tries.add(
            () -> {
              given.addAndGet(join(door, joins / AT_ONCE, "203.0.113.50"));
              return "";
            });
      }
      tries.broken();
      Noticed pace = witness.pace();
      long seconds = 1 + (System.nanoTime() - began) / 1_000_000_000;
      int honest = join(door, 1, "198.51.100.7");
      String wrong = honest == 1 ? door.wrongAfter(pace) : "another address got no number";
      if (given.get() > AT_FIRST + A_SECOND * seconds) {
        wrong = given.get() + " numbers were given to one address within seconds";
      }
      return Result.ofFlood(joins, wrong, pace);
    }
  }

  /** How many numbers were issued. */
  private static int join(GatewayDoor door, int times, String address) throws IOException {
    String request =
        "POST /_usher/join?room=sale HTTP/1.1\r\nHost: s\r\nContent-Length: 0\r\n"
            + "Usher-Ticket: none\r\nX-Forwarded-For: "
            + address
            + "\r\n\r\n";
    int given = 0;
    RawConnection wire = RawConnection.from("127.0.0.2", door.port());
    try {
      for (int i = 0; i < times; i++) {
        wire.send(request);
        RawAnswer answer = wire.answer(5000);
        given += answer.header("usher-ticket").isEmpty() ? 0 : 1;
        if (answer.status() == 0 || answer.header("connection").equals("close")) {
          wire.close();
          wire = RawConnection.from("127.0.0.2", door.port());
        }
      }
    } finally {
      wire.close();
    }
    return given;
  }
}
