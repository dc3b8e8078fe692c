package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.OnePlaceRoom;
import dev.usher.attack.field.RawAnswer;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.util.List;

/**
 * What a client writes into X-Forwarded-For and Forwarded before a trusted proxy adds its own: none
 * of it may turn the client into an address that skips the line.
 */
final class SpoofedForwarding implements Attack {
  private static final String OWN = "X-Forwarded-For: 203.0.113.9\r\n";
  private static final String OWN_STANDARD = "Forwarded: for=203.0.113.9;proto=http\r\n";

  private static final List<String> FORGED =
      List.of(
          "10.1.2.3",
          "\"10.1.2.3\"",
          "10.1.2.3;x=\"",
          "10.1.2.3;x=\"\\",
          "\"10.1.2.3",
          "10.1.2.3,",
          "10.1.2.3;",
          "10.1.2.3 ",
          " 10.1.2.3",
          "10.1.2.3\t",
          "10.1.2.3:80",
          "\"[::ffff:10.1.2.3]\"",
          "::ffff:10.1.2.3",
          "10.1.2.3;by=x",
          "10.1.2.3;for=10.1.2.3",
          "10.1.2.3, 10.1.2.3",
          "unknown",
          "_hidden",
          "10.1.2.3\\",
          "10.1.2.3;x=\"a\\\"",
          "10.1.2.3;=\"",
          "10.1.2.3;x=\",\"",
          "10.1.2.3;x='",
          "0x0a.1.2.3",
          "012.1.2.3",
          "167838211",
          "10.1",
          "10.1.2.3%00",
          "\"10.1.2.3\\",
          "10.1.2.3;x=\"\u00ff",
          "10.1.2.3,,",
          ",10.1.2.3,");

  @Override
  public String kind() {
    return "forged forwarded headers";
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
      Tries tries = new Tries(8);
      int n = 0;
      for (String forged : FORGED) {
        String plain = "X-Forwarded-For: " + forged;
        String standard = "Forwarded: for=" + forged;
        for (String fields :
            new String[] {
              plain + "\r\n" + OWN,
              plain + ", 203.0.113.9\r\n",
              standard + "\r\n" + OWN_STANDARD,
              standard + ", for=203.0.113.9;proto=http\r\n",
              standard + "\r\n" + OWN,
              "Forwarded: host=x, for=" + forged + "\r\n" + OWN_STANDARD
            }) {
          String target = "/sale/forwarded" + n++;
          tries.add(() -> wrong(door, "127.0.0.2", target, fields));
        }
        // And from someone who is not one of our proxies at all.
        for (String fields : new String[] {plain + "\r\n", standard + "\r\n"}) {
          String target = "/sale/forwarded" + n++;
          tries.add(() -> wrong(door, "127.0.0.3", target, fields));
        }
      }
      return tries.result(witness);
    }
  }

  private static String wrong(GatewayDoor door, String from, String target, String fields)
      throws IOException {
    try (RawConnection wire = RawConnection.from(from, door.port())) {
      wire.send(
          "POST "
              + target
              + " HTTP/1.1\r\nHost: s\r\nContent-Length: 0\r\n"
              + fields
              + "Connection: close\r\n\r\n");
      RawAnswer answer = wire.answer(3000);
      boolean skipped = door.pod().saw(target) || answer.header("usher-state").equals("bypassed");
      return skipped ? "skipped the line by " + fields.replaceAll("\\s+", " ") : "";
    }
  }
}
