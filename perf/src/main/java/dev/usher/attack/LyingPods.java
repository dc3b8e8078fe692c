package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.RawAnswer;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Pods that send more than their answer's length: no byte of the surplus may reach another visitor.
 */
final class LyingPods implements Attack {
  private static final String FOREIGN =
      "HTTP/1.1 200 OK\r\nSet-Cookie: session=foreign\r\nContent-Length: 7\r\n\r\nforeign";

  /** Victims after each lie: more than the gateway has event loops. */
  private static final int VICTIMS = 3;

  private record Lie(String method, String now, String later) {}

  private final int rounds;

  LyingPods(boolean isShort) {
    rounds = isShort ? 1 : 3;
  }

  @Override
  public String kind() {
    return "pods that lie about lengths";
  }

  @Override
  public AttackedGateways entrance() {
    return AttackedGateways.PLAIN;
  }

  @Override
  public boolean peersToo() {
    return true;
  }

  @Override
  public Result on(GatewayDoor door) throws Exception {
    String pass = door.pass();
    List<String> broken = new ArrayList<>();
    int tried = 0;
    try (Witness witness = Witness.of(door)) {
      for (int round = 0; round < rounds; round++) {
        for (Lie lie : lies()) {
          String wrong = wrong(door, pass, lie, tried++);
          if (!wrong.isEmpty()) {
            broken.add(wrong);
          }
        }
      }
      return new Result(tried, tried - broken.size(), String.join("\n", broken), witness.pace());
    }
  }

  private static String wrong(GatewayDoor door, String pass, Lie lie, int n) throws IOException {
    String fields = " HTTP/1.1\r\nHost: s\r\n" + pass;
    String target = "/main/raw?r=" + base64(lie.now) + "&later=" + base64(lie.later);
    try (RawConnection liar = door.connect()) {
      liar.send(lie.method + " " + target + fields + "\r\n");
      liar.rest(40);
      for (int i = 0; i < VICTIMS; i++) {
        String own = "/main/victim" + n + "-" + i;
        try (RawConnection victim = door.connect()) {
          victim.send("POST " + own + fields + "Content-Length: 1\r\n\r\nx");
          RawAnswer answer = victim.answer(3000);
          boolean foreign = (answer.head() + answer.body()).contains("foreign");
          // Bytes that come late may meet the next request on its way: then it is lost, not mixed
          // up.
          boolean lost = !lie.later.isEmpty() && (answer.status() == 502 || answer.status() == 0);
          if (foreign || (!lost && !answer.body().contains(own + " "))) {
            String what = (lie.method + " " + lie.now).replaceAll("[^ -~]+", "~");
            return "another visitor got "
                + (foreign ? "foreign bytes" : answer.status() + "")
                + " after "
                + what;
          }
        }
      }
    }
    return "";
  }

  private static List<Lie> lies() {
    List<Lie> all = new ArrayList<>();
    String ok = "HTTP/1.1 200 OK\r\n";
    for (String more :
        new String[] {"X", "\r\n", FOREIGN, "HTTP/1.1 100 Continue\r\n\r\n", "\0", " "}) {
      all.add(new Lie("GET", ok + "Content-Length: 2\r\n\r\nok" + more, ""));
      all.add(
          new Lie("GET", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n" + more, ""));
      all.add(new Lie("GET", "HTTP/1.1 204 No Content\r\n\r\n" + more, ""));
      all.add(new Lie("GET", "HTTP/1.1 304 Not Modified\r\n\r\n" + more, ""));
      all.add(new Lie("HEAD", ok + "Content-Length: 7\r\n\r\n" + more, ""));
      all.add(
          new Lie(
              "HEAD", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n" + more, ""));
      all.add(new Lie("GET", ok + "Content-Length: 2\r\n\r\nok", more));
      all.add(new Lie("HEAD", ok + "Content-Length: 2\r\n\r\n", more));
      all.add(
          new Lie("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello" + more, ""));
      all.add(
          new Lie(
              "GET", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n" + more, ""));
    }
    for (String lengths :
        new String[] {
          "2, 2", "2\r\nContent-Length: 9", "-1", "+2", "0x2", "2\r\nTransfer-Encoding: chunked"
        }) {
      all.add(new Lie("GET", ok + "Content-Length: " + lengths + "\r\n\r\nok" + FOREIGN, ""));
    }
    for (String head :
        new String[] {
          "HTTP/1.1 200\r\n", "HTTP/1.0 200 OK\r\n", "HTTP/1.1 999 X\r\n", "ICY 200 OK\r\n"
        }) {
      all.add(new Lie("GET", head + "Content-Length: 2\r\n\r\nok" + FOREIGN, ""));
    }
    return all;
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
