package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.OnePlaceRoom;
import dev.usher.attack.field.RawAnswer;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Targets that different servers read as different paths: none that any known reading takes for a
 * path of the full room may reach a pod without a pass.
 */
final class Paths implements Attack {
  private static final List<String> PREFIXES =
      List.of(
          "",
          "/",
          "/.",
          "/x/..",
          "/x/../",
          "//x",
          "///",
          "///x",
          "/\\x",
          "/\\/x",
          "//x\\",
          "//x@y",
          "//[::1]",
          "//x/",
          "//x/.",
          "//x/y/..",
          "//x:80",
          "//x;y",
          "/.//x",
          "/%2fx",
          "/%2f%2fx",
          "//?",
          "//x?",
          "/;",
          "/;x=y",
          "/x;/..",
          "/%2e",
          "/%2e%2e",
          "/x/%2e%2e",
          "/.%2e",
          "/x/.%2E",
          "/..%5c",
          "/x/..%5c..",
          "/%5c%5cx",
          "/%00/..",
          "/x%2f..",
          "/x%5c..",
          "http://s",
          "http://s/",
          "http://tickets.example",
          "HTTP://s",
          "https://s",
          "s:80",
          "/..;",
          "/x/..;",
          "/x/..;/..");

  private static final List<String> ROOMS =
      List.of(
          "/sale",
          "/sale/",
          "/sale/x",
          "/%73ale",
          "/s%61le/x",
          "/sale;x=y",
          "/sale;/x",
          "/sale%2fx",
          "/sale%5cx",
          "\\sale",
          "%2fsale",
          "%5csale",
          "/sale?x",
          "/sale%3fx",
          "/sale#x",
          "/./sale",
          "/SALE",
          "/sale%20",
          "/sale.",
          "/sale%00",
          "/%ef%bc%8fsale",
          "/%u0073ale",
          "/s%c3%a0le");

  private final boolean isShort;

  Paths(boolean isShort) {
    this.isShort = isShort;
  }

  @Override
  public String kind() {
    return "readings of paths";
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
      for (String prefix : PREFIXES) {
        for (String room : ROOMS) {
          if (!isShort || n++ % 5 == 0) {
            String target = prefix + room;
            tries.add(() -> wrong(door, target));
          }
        }
      }
      return tries.result(witness);
    }
  }

  private static String wrong(GatewayDoor door, String target) throws IOException {
    try (RawConnection wire = door.connect()) {
      wire.send("GET " + target + " HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n");
      RawAnswer answer = wire.answer(3000);
      // The pod reports what it was asked for.
      boolean reached = answer.status() == 200 && answer.body().startsWith("ok GET ");
      String asked = reached ? answer.body().split(" ", -1)[2] : "";
      return reached && readings(asked).stream().anyMatch(Paths::isInRoom)
          ? "a stranger's " + target + " reached the pod"
          : "";
    }
  }

  private static boolean isInRoom(String path) {
    return path.equals("/sale") || path.startsWith("/sale/") || path.startsWith("/sale?");
  }

  /** How frameworks may interpret a target. */
  private static List<String> readings(String target) {
    List<String> bases = new ArrayList<>(List.of(target));
    String slashes = target.replace('\\', '/');
    if (slashes.startsWith("//")) {
      // Read as a reference to another host: what follows the host is the path.
      bases.add(slashes.replaceFirst("^//[^/?#]*", "/").replaceFirst("^//", "/"));
      bases.add(slashes.replaceFirst("^/+[^/?#]*", "/").replaceFirst("^//", "/"));
    }
    int scheme = slashes.indexOf("://");
    if (scheme > 0) {
      int path = slashes.indexOf('/', scheme + 3);
      bases.add(path < 0 ? "/" : slashes.substring(path));
    }
    List<String> all = new ArrayList<>();
    for (String base : bases) {
      String path = base.split("[?#]", 2)[0];
      for (String read : List.of(path, decoded(path))) {
        String turned = read.replace('\\', '/');
        all.add(normal(read));
        all.add(normal(turned));
        all.add(normal(turned.replaceAll(";[^/]*", "")));
        all.add(normal(turned.replaceAll("/+", "/")));
        all.add(normal(turned.replaceAll(";[^/]*", "").replaceAll("/+", "/")));
      }
    }
    return all;
  }

  private static String decoded(String path) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      String code = i + 3 <= path.length() ? path.substring(i, i + 3).toLowerCase(Locale.ROOT) : "";
      if (code.matches("%[0-9a-f]{2}")) {
        text.append((char) Integer.parseInt(code.substring(1), 16));
        i += 2;
      } else {
        text.append(path.charAt(i));
      }
    }
    return text.toString();
  }

  private static String normal(String path) {
    List<String> kept = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (kept.size() > 1) {
          kept.remove(kept.size() - 1);
        }
      } else if (!segment.equals(".")) {
        kept.add(segment);
      }
    }
    return String.join("/", kept);
  }
}
