package dev.usher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.drill.Drill;
import dev.usher.drill.Habits;
import dev.usher.drill.Outcome;
import dev.usher.drill.Plan;
import dev.usher.drill.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class ShopTest {
  private PodKeeper pod;
  private String url;

  @BeforeEach
  void openShop(@TempDir Path dir) throws Exception {
    int port = freePort();
    pod = new PodKeeper(port, 100, dir, "http://127.0.0.1:1/crowd");
    url = "http://127.0.0.1:" + port;
    pod.start();
    awaitReady();
  }

  @AfterEach
  void closeShop() {
    pod.close();
  }

  @Test
  void aFlashCrowdKillsAPodByOutOfMemoryErrorAndItIsStartedAgain() throws Exception {
    Outcome outcome = crowd(5_000, Duration.ofMillis(500));

    assertThat(pod.outOfMemory()).isPositive();
    assertThat(outcome.end().connectionErrors()).isPositive();
    awaitReady();
  }

  @Test
  void aFewVisitorsAreServedAndCounted() throws Exception {
    Outcome outcome = crowd(8, Duration.ofMillis(1));

    assertThat(outcome.end().errors()).isZero();
    assertThat(pod.deaths()).isZero();
    assertThat(pod.inFlight()).isZero();
    assertThat(pod.inFlightMax()).isBetween(2L, 8L);
    assertThat(PodStats.slowestP99(List.of(url))).isBetween(80.0, 5_000.0);
  }

  private Outcome crowd(int visitors, Duration within) throws InterruptedException {
    Habits habits = new Habits(Duration.ZERO, Duration.ofMillis(50), 0, Duration.ofSeconds(20), 0);
    Plan plan =
        new Plan(
            List.of(Target.of(url + "/")), visitors, within, habits, Duration.ofSeconds(30), 1);
    return new Drill(plan, () -> null).run(now -> {});
  }

  private void awaitReady() throws InterruptedException {
    while (!pod.isReady()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
