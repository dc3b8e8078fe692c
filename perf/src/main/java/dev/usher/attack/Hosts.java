package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.RawAnswer;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.util.List;

/** Hosts that no room names, while rooms name hosts: no request for one may reach a pod. */
final class Hosts implements Attack {
  private static final List<String> NAMES =
      words(
          "other.example|127.0.0.1|localhost|tickets.example..|www.tickets.example|x|*|-"
              + "|tickets.example.evil|xtickets.example|[::1]|[::1]:80|[::ffff:127.0.0.1]"
              + "|tickets%2eexample|tickets.example%00|tickets_example|0x7f.1|2130706433|"
              + "|tickets.example@x|x@tickets.example|tickets.example/x|tickets.example,x"
              + "|xn--tickets-.example|tickets.example x|tickets.example#|tickets.example:x"
              + "|tickets.example\\x|[tickets.example]");

  private static final List<String> MORE =
      List.of(
          "",
          "X-Forwarded-Host: s\r\n",
          "Forwarded: host=s\r\n",
          "X-Host: s\r\n",
          "X-Forwarded-Host: unnamed.example\r\n");

  /** Other spellings of a host that a room names: the room guards them, or they are refused. */
  private static final List<String> SPELLINGS =
      words(
          "tickets.example|tickets.example.|TICKETS.EXAMPLE|tickets.example:8080|tickets.example:"
              + "|tickets.example:99999|Tickets.Example.:80|tickets.example\t");

  private static List<String> words(String words) {
    return List.of(words.split("\\|", -1));
  }

  @Override
  public String kind() {
    return "hosts that nobody names";
  }

  @Override
  public AttackedGateways entrance() {
    return AttackedGateways.HOSTS;
  }

  @Override
  public boolean peersToo() {
    return false;
  }

  @Override
  public Result on(GatewayDoor door) throws Exception {
    try (Witness witness = Witness.of(door)) {
      Tries tries = new Tries(8);
      int n = 0;
      for (String more : MORE) {
        for (String host : NAMES) {
          for (String path : new String[] {"/sale/host", "/free/host", "/main/host"}) {
            String target = path + n++;
            tries.add(() -> wrong(door, target, host, more));
          }
        }
        for (String host : SPELLINGS) {
          String target = "/sale/host" + n++;
          tries.add(() -> wrong(door, target, host, more));
        }
        // Of a whole URL the authority counts: neither it nor Host may open what is not named.
        for (String host : NAMES) {
          for (String scheme : new String[] {"http://", "https://"}) {
            String path = "/sale/host" + n++;
            String named = "/sale/host" + n++;
            tries.add(() -> wrong(door, scheme + host + path, "tickets.example", more));
            tries.add(() -> wrong(door, scheme + "tickets.example" + named, host, more));
          }
        }
      }
      return tries.result(witness);
    }
  }

  private static String wrong(GatewayDoor door, String target, String host, String more)
      throws IOException {
    try (RawConnection wire = door.connect()) {
      wire.send(
          "GET "
              + target
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\n"
              + more
              + "Connection: close\r\n\r\n");
      // The named hosts are guarded, however they are spelt: whoever comes in there has a pass.
      RawAnswer answer = wire.answer(6000);
      // A request that never arrived says nothing about who was let through.
      String path = target.substring(Math.max(0, target.lastIndexOf("/sale/host")));
      boolean admitted = answer.status() == 0 || answer.header("usher-state").equals("admitted");
      return !admitted && door.pod().saw(path)
          ? "Host \"" + host + "\" " + more + target + " was open"
          : "";
    }
  }
}
