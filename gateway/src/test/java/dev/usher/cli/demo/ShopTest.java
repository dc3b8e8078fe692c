package dev.usher.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.drill.Drill;
import dev.usher.cli.drill.Outcome;
import dev.usher.cli.drill.crowd.Behaviour;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.http.Target;
import dev.usher.house.FreePort;
import dev.usher.house.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class ShopTest {
  private static final Duration COLD_START = Duration.ofMillis(100);

  @Test
  void aFlashCrowdKillsAPodByOutOfMemoryErrorAndItIsStartedAgain(@TempDir Path dir)
      throws Exception {
    int port = FreePort.next();
    // 100 connections to a database of a second: the pod bears 100 visitors a second. With one of
    // 100 ms, a machine that is busy brings requests no faster than the pod answers them.
    ShopTimes times = new ShopTimes(COLD_START, Duration.ofSeconds(1));
    try (PodKeeper pod = started(port, times, dir)) {
      Outcome outcome = crowd(port, 5_000, Duration.ofMillis(500));

      // The crowd sees its connections break before the keeper sees why.
      Wait.until("the keeper sees it", () -> pod.deaths() > 0);
      assertThat(pod.outOfMemory()).isPositive();
      assertThat(outcome.end().connectionErrors()).isPositive();
      awaitReady(pod);
    }
  }

  @Test
  void aFewVisitorsAreServedAndCounted(@TempDir Path dir) throws Exception {
    int port = FreePort.next();
    try (PodKeeper pod = started(port, ShopTimes.startingWithin(COLD_START), dir)) {
      Outcome outcome = crowd(port, 8, Duration.ofMillis(1));

      assertThat(outcome.end().errors()).isZero();
      assertThat(pod.deaths()).isZero();
      assertThat(pod.inFlight()).isZero();
      assertThat(pod.inFlightMax()).isBetween(2L, 8L);
      assertThat(PodStats.slowestP99(List.of(url(port)))).isBetween(80.0, 5_000.0);
    }
  }

  private static PodKeeper started(int port, ShopTimes times, Path dir)
      throws InterruptedException {
    PodKeeper pod = new PodKeeper(port, times, dir, "http://127.0.0.1:1/crowd");
    pod.start();
    awaitReady(pod);
    return pod;
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static Outcome crowd(int port, int visitors, Duration within)
      throws InterruptedException {
    Behaviour habits =
        new Behaviour(Duration.ZERO, Duration.ofMillis(50), 0, Duration.ofSeconds(20), 0);
    Plan plan =
        new Plan(
            List.of(Target.of(url(port) + "/")),
            visitors,
            within,
            habits,
            Duration.ofSeconds(30),
            1);
    return new Drill(plan, () -> null).run(now -> {});
  }

  private static void awaitReady(PodKeeper pod) {
    Wait.until("the pod is ready", pod::isReady);
  }
}
