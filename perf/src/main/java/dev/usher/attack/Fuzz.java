package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.RawAnswer;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.util.Random;

/** Odd versions, methods, targets and queries for Usher's own paths and the ops port. */
final class Fuzz implements Attack {
  private static final String[] PATHS = {
    "/_usher/place",
    "/_usher/join",
    "/_usher/claim",
    "/_usher/leave",
    "/_usher/",
    "/_usher",
    "/_usher/x",
    "/_usher/events",
    "/_usher//place",
    "/_usher/../_usher/place"
  };

  private static final String[] OPS_PATHS = {
    "/api/rooms", "/api/rooms/main", "/api/rooms/main/sessions/end", "/api/upstreams",
        "/api/config",
    "/metrics", "/livez", "/readyz", "/", "/api/rooms/"
  };

  private static final String[] QUERIES = {
    "",
    "?",
    "?room=main",
    "?room=%zz",
    "?room=%",
    "?%=x",
    "?room=%ff%fe",
    "?room=main&room=sale",
    "?room=",
    "?room=main&x=%e",
    "?=",
    "?&&&",
    "?room=%00",
    "?room[]=main",
    "?room=main;x=y",
    "?room=%F0%9F%8E%AB",
    "%",
    "%2",
    "%zz",
    ";x",
    "/",
    "/..",
    "?room=" + "a".repeat(4000),
    "?room=<script>",
    "?room='"
  };

  private static final String[] METHODS = {
    "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "FOO", "get"
  };

  private static final String[] BODIES = {
    "Content-Length: 0\r\n\r\n",
    "\r\n",
    "Content-Length: 6\r\n\r\npass=%",
    "Content-Length: 9\r\nContent-Type: application/json\r\n\r\n{\"pass\":[",
    "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
    "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n",
    "Usher-Ticket: %\r\n\r\n",
    "Usher-Pass: \u00ff\u00fe..\r\n\r\n",
    "Cookie: usher-pass-main=%%%; a=b; =\r\n\r\n",
    "Accept: \u00ff;q=x\r\nAccept-Language: *-*;;q=9\r\n\r\n",
    "Content-Length: 5000\r\n\r\n" + "x".repeat(5000)
  };

  private static final String[] VERSIONS = {
    "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.9", "HTTP/3.0"
  };

  private final int cases;

  Fuzz(boolean isShort) {
    cases = isShort ? 300 : 1500;
  }

  @Override
  public String kind() {
    return "odd requests to own paths and ops";
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
    Random random = new Random(4);
    long before = exceptions(door);
    try (Witness witness = Witness.of(door)) {
      Tries tries = new Tries(8);
      for (int i = 0; i < cases; i++) {
        boolean ops = i % 3 == 0;
        String target = one(ops ? OPS_PATHS : PATHS, random) + one(QUERIES, random);
        String line = one(METHODS, random) + " " + target + " " + one(VERSIONS, random);
        String body = one(BODIES, random);
        int port = ops ? door.opsPort() : door.port();
        tries.add(() -> wrong(port, line, body));
      }
      Result result = tries.result(witness);
      long traces = exceptions(door) - before;
      return traces == 0
          ? result
          : new Result(
              result.tried(),
              Math.min(result.held(), result.tried() - (int) traces),
              traces + " exceptions in the log, " + lastException(door) + "\n" + result.broken(),
              result.pace());
    }
  }

  private static String wrong(int port, String line, String body) throws IOException {
    try (RawConnection wire = RawConnection.plain(port)) {
      wire.send(line + "\r\nHost: s\r\nConnection: close\r\n" + body);
      RawAnswer answer = line.startsWith("HEAD") ? wire.headOnly(6000) : wire.answer(6000);
      boolean fine =
          (answer.status() >= 200 && answer.status() < 500)
              || answer.status() == 501
              || answer.status() == 505;
      return fine || (answer.status() == 0 && answer.closed())
          ? ""
          : answer.status() + " to " + line + " " + body.replaceAll("\\s+", " ");
    }
  }

  private static long exceptions(GatewayDoor door) {
    return door.process().log().lines().filter(line -> line.contains("Exception")).count();
  }

  private static String lastException(GatewayDoor door) {
    return door.process()
        .log()
        .lines()
        .filter(line -> line.contains("Exception"))
        .reduce("", (earlier, later) -> later);
  }

  private static String one(String[] of, Random random) {
    return of[random.nextInt(of.length)];
  }
}
