package dev.usher.cli.drill;

import dev.usher.cli.drill.crowd.Behaviour;
import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.crowd.WireProtocol;
import dev.usher.cli.drill.http.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A bare server, and crowds sent to it: a small one to warm this process up, so that the first
 * visitors do not wait for our own compiler, and the full one to find out what sockets cost here.
 */
public final class Rehearsal implements AutoCloseable {
  private static final int WARM_UP_VISITORS = 6_000;

  /** Fewer visitors, because each costs a handshake. */
  private static final int HTTP2_WARM_UP_VISITORS = 200;

  /** A JVM starts within a second; on an overloaded machine it may take this long. */
  private static final Duration START_MAX = Duration.ofSeconds(20);

  private final ChildJvm server;
  private final Target target;

  private Rehearsal(ChildJvm server, Target target) {
    this.server = server;
    this.target = target;
  }

  /** Starts the bare server in a JVM of its own. */
  public static Rehearsal start(Path logs) throws IOException, InterruptedException {
    return start(logs, START_MAX);
  }

  static Rehearsal start(Path logs, Duration atMost) throws IOException, InterruptedException {
    ChildJvm server =
        ChildJvm.start(
            "bare",
            logs,
            List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            List.of(BareServer.class.getName(), "0"));
    try {
      String line = server.awaitLine(BareServer.LISTENING, atMost);
      String port = line.substring(line.lastIndexOf(' ') + 1);
      return new Rehearsal(server, Target.of("http://127.0.0.1:" + port + "/"));
    } catch (IllegalStateException e) {
      boolean ran = server.alive();
      server.close();
      throw new NoRehearsalException(
          "The bare server to rehearse at must listen within "
              + atMost.toSeconds()
              + " s but "
              + (ran ? "did not: this machine is too busy" : "ended: see what it printed")
              + ". Nothing was sent to the target. Try again when less else runs here, or from"
              + " another machine. It printed: "
              + (server.printed().isBlank() ? "nothing" : "\n" + server.printed().strip()),
          e);
    }
  }

  /** Warms this process and the bare server up. */
  public void warmUp() throws InterruptedException {
    Outcome unused = run(WARM_UP_VISITORS, Duration.ofSeconds(1), 0);
  }

  /** Sends the same crowd as in {@code plan} to the bare server. */
  public Outcome run(Plan plan) throws InterruptedException {
    return run(plan.visitors(), plan.within(), plan.seed());
  }

  private Outcome run(int visitors, Duration within, long seed) throws InterruptedException {
    return glance(crowd(target, visitors, within, seed));
  }

  /** Warms a gateway up with visitors who only ask and take no place, as on any other day. */
  public static void warmUp(Target harmless, WireProtocol wire) throws InterruptedException {
    int visitors = wire.http2() ? HTTP2_WARM_UP_VISITORS : WARM_UP_VISITORS;
    Outcome unused = glance(crowd(harmless, visitors, Duration.ofSeconds(2), 0).over(wire));
  }

  private static Plan crowd(Target target, int visitors, Duration within, long seed) {
    // Nobody stays: each arrives, gets one answer, and keeps the socket until everyone has come, as
    // in a line.
    Behaviour habits =
        new Behaviour(Duration.ofMinutes(5), Duration.ofMinutes(5), 1, Duration.ofSeconds(30), 0);
    return new Plan(List.of(target), visitors, within, habits, within.plusSeconds(30), seed);
  }

  private static Outcome glance(Plan plan) throws InterruptedException {
    Drill drill = new Drill(plan, () -> null);
    return drill.run(
        now -> {
          long over = now.of(Count.ADMITTED) + now.of(Count.GAVE_UP);
          if (over >= plan.visitors()) {
            drill.stop();
          }
        });
  }

  @Override
  public void close() {
    server.close();
  }
}
