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

/** Connections that do nothing, up to the gateway's limit and beyond. */
final class Crowding implements Attack {
  /** The gateways under attack accept 3,000 connections. */
  private static final int CONNECTIONS = 3400;

  private static final int ADDRESSES = 20;
  private static final int KNOCKS = 20;

  private final boolean onOps;

  private Crowding(boolean onOps) {
    this.onOps = onOps;
  }

  static Attack onVisitorsPort() {
    return new Crowding(false);
  }

  static Attack onOpsPort() {
    return new Crowding(true);
  }

  @Override
  public String kind() {
    return onOps ? "idle connections to the ops port" : "more idle connections than the bound";
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
    String pass = door.pass();
    List<RawConnection> crowd = new ArrayList<>();
    try (Witness witness = Witness.of(door)) {
      int size = onOps ? 150 : CONNECTIONS;
      for (int i = 0; i < size; i++) {
        try {
          String from = "127.0.1." + (1 + i % ADDRESSES);
          crowd.add(RawConnection.from(from, onOps ? door.opsPort() : door.port()));
        } catch (IOException refused) {
          // It was not let in, which is one way to hold.
        }
      }
      String wrong = onOps ? livezFails(door, crowd) : newConnectionsFail(door, pass);
      Noticed pace = witness.pace();
      crowd.forEach(RawConnection::close);
      return Result.ofFlood(size, wrong.isEmpty() ? door.wrongAfter(pace) : wrong, pace);
    } finally {
      crowd.forEach(RawConnection::close);
    }
  }

  /** A visitor who is inside comes on a new connection each time. */
  private static String newConnectionsFail(GatewayDoor door, String pass) {
    int failed = 0;
    for (int i = 0; i < KNOCKS; i++) {
      try (RawConnection wire = door.connect()) {
        wire.send("GET /main/again" + i + " HTTP/1.1\r\nHost: s\r\n" + pass + "\r\n");
        failed += wire.answer(3000).status() == 200 ? 0 : 1;
      } catch (IOException refused) {
        failed++;
      }
    }
    return failed == 0 ? "" : failed + " of 20 new connections of one inside failed";
  }

  private static String livezFails(GatewayDoor door, List<RawConnection> crowd) {
    int failed = 0;
    for (int i = 0; i < 10; i++) {
      for (RawConnection wire : crowd) {
        try {
          wire.send("\r\n");
        } catch (IOException closed) {
          // The gateway closed it.
        }
      }
      failed += door.ops("/livez").status() == 200 ? 0 : 1;
      Pause.of(50);
    }
    return failed == 0 ? "" : failed + " of 10 times /livez did not answer";
  }
}
