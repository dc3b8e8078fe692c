package dev.usher.attack.field;

import java.time.Duration;

/**
 * The target of an attack: Usher, or a peer in front of the same pods. The pass lets a visitor in;
 * a peer asks for none, and has no ops port.
 */
public record GatewayDoor(
    String name, int port, boolean tls, int opsPort, Child process, AttackPod pod, Noticed calm) {
  /**
   * How long the witness may take for all but one request in a hundred. Attackers, gateway, pod and
   * witness share the cores of one machine, so this proves only that the witness is served; how
   * fast is in the table.
   */
  private static final long SLOWEST_MICROS = 2_000_000;

  /** The same on a machine that is slow without any attack, as a multiple of what it takes then. */
  private static final int SLOWER_THAN_CALM = 5;

  private static final long CALM_MILLIS = 1500;

  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(8);

  /** The same door, with how another visitor fares while nobody attacks. */
  GatewayDoor withCalm() throws java.io.IOException {
    try (Witness witness = Witness.of(this)) {
      Pause.of(CALM_MILLIS);
      return new GatewayDoor(name, port, tls, opsPort, process, pod, witness.pace());
    }
  }

  public boolean isUsher() {
    return opsPort > 0;
  }

  /** A connection, over TLS if the door requires it. */
  public RawConnection connect() throws java.io.IOException {
    return tls ? RawConnection.tls(port, "http/1.1") : RawConnection.plain(port);
  }

  /** A pass for the room that has places, as a header line; nothing for a peer. */
  public String pass() throws java.io.IOException {
    if (!isUsher()) {
      return "";
    }
    for (int i = 0; i < 20; i++) {
      try (RawConnection wire = connect()) {
        wire.send(
            "GET /main/in HTTP/1.1\r\nHost: s\r\nAccept: text/html\r\nUsher-Pass: none\r\n\r\n");
        String pass = wire.answer(5000).header("usher-pass");
        if (!pass.isEmpty()) {
          return "Usher-Pass: " + pass + "\r\n";
        }
      }
      Pause.of(300);
    }
    throw new IllegalStateException(name + " must let a visitor into an empty room but does not");
  }

  /** Requests on their way to pods, as Usher counts them. */
  public int inFlight() {
    String told = upstreams();
    int sum = 0;
    for (String part : told.split("\"upstream\":", -1)) {
      int at = part.indexOf("\"inFlight\":");
      if (at >= 0 && part.contains("\"podsReady\"")) {
        sum += Integer.parseInt(part.substring(at + 11).split("[^0-9]", 2)[0]);
      }
    }
    return sum;
  }

  /** What Usher reports about its upstreams, without blanks. */
  String upstreams() {
    return ops("/api/upstreams").body().replaceAll("\\s", "");
  }

  /** What the ops port answers; status 0 if it does not. */
  public RawAnswer ops(String path) {
    try (RawConnection wire = RawConnection.plain(opsPort)) {
      wire.send("GET " + path + " HTTP/1.1\r\nHost: o\r\nConnection: close\r\n\r\n");
      return wire.answer(2000);
    } catch (java.io.IOException failed) {
      return RawAnswer.NONE;
    }
  }

  /** Why it did not hold, judging by the witness and by what is left behind; empty if it held. */
  public String wrongAfter(Noticed pace) {
    if (!process.isAlive()) {
      return name + " has ended";
    }
    if (pace.failed() > 0) {
      return pace.failed() + " requests of another visitor failed: " + pace.how();
    }
    long slowest = Math.max(SLOWEST_MICROS, SLOWER_THAN_CALM * calm.p99Micros());
    if (pace.served() == 0 || pace.p99Micros() > slowest) {
      return "p99 of another visitor was above " + slowest / 1000 + " ms";
    }
    if (!isUsher()) {
      return "";
    }
    long end = System.nanoTime() + SETTLES_WITHIN.toNanos();
    while (inFlight() > 0) {
      if (System.nanoTime() > end) {
        return inFlight() + " requests still count as in flight afterwards";
      }
      Pause.of(100);
    }
    return "";
  }
}
