package dev.usher.helm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What becomes of visitors, and of what Usher knows, while the Kubernetes API is away. */
@OnCluster
final class ApiAwayTest {
  private static final String NAMESPACE = "usher-outage";
  private static final Shop SHOP = new Shop(NAMESPACE);

  /** After this, what Usher knows counts as old: nobody new is counted on. */
  private static final double STALE_SECONDS = 5;

  /** How soon Usher must know again once the API answers, in seconds. */
  private static final double KNOWS_AGAIN_SECONDS = 5;

  @BeforeAll
  static void aShopRuns() {
    Kube.restricted(NAMESPACE);
    SHOP.open();
    Account.ofUsher(NAMESPACE);
  }

  @AfterAll
  static void nothingStays() {
    Kube.remove(NAMESPACE);
  }

  @BeforeEach
  void twoPods() {
    SHOP.scaleTo(2);
  }

  @Test
  void visitorsGoOnWhileTheApiIsStoppedForHalfAMinute() {
    stopped(Duration.ofSeconds(30));
  }

  @Test
  @EnabledIfSystemProperty(
      named = "usher.cluster.long",
      matches = "true",
      disabledReason = "it takes minutes: -Dusher.cluster.long=true")
  void visitorsGoOnWhileTheApiIsStoppedForFiveMinutes() {
    stopped(Duration.ofMinutes(5));
  }

  @Test
  void visitorsGoOnWhileTheApiIsFrozen() throws InterruptedException {
    ClusterTool.isNeeded();
    try (Gateway gateway = started(kubeconfig());
        Crowd crowd = new Crowd(gateway.address())) {
      crowd.come(20, Duration.ofSeconds(3), new Habits(25, 1000));
      Until.so("visitors are inside", () -> crowd.record().comeIn() >= 10);
      Process freezer = ClusterTool.begin("freeze-api", "20");
      Until.passed(Duration.ofSeconds(15));
      double age = gateway.replica().podsAgeSeconds();
      assertThat(age).isGreaterThan(STALE_SECONDS);
      assertThat(gateway.replica().podsReady()).isEqualTo(2);
      assertThat(freezer.waitFor()).isZero();
      double again = knowsAgain(gateway);
      Measured.say(
          "API frozen for 20 s: knowledge was %.1f s old after 15 s, fresh %.1f s after it"
              + " answered again",
          age, again);
      Until.so("everybody was served", () -> crowd.present() == 0);
      assertNothingFailed("API frozen for 20 s", crowd.record(), 20);
      assertThat(again).isLessThan(KNOWS_AGAIN_SECONDS);
    }
  }

  @Test
  void aWatchThatIsCutEverySecondHidesNothing() {
    try (Scissors scissors = new Scissors(URI.create(Kube.client().getMasterUrl().toString()));
        Gateway gateway = started(new Account(NAMESPACE, "usher").kubeconfig(scissors.address()));
        Slices slices = new Slices(NAMESPACE, Shop.NAME);
        Followers followers = new Followers(List.of(gateway.replica()))) {
      ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
      var unused = clock.scheduleAtFixedRate(scissors::cut, 1, 1, TimeUnit.SECONDS);
      long begin = System.nanoTime();
      SHOP.scaleTo(4);
      SHOP.scaleTo(2);
      Until.so("two are seen", () -> slices.ready() == 2);
      Until.passed(Duration.ofSeconds(4));
      clock.shutdownNow();
      long slowest =
          followers.delays(slices.since(begin)).stream()
              .mapToLong(Followers.Delay::atMost)
              .max()
              .orElse(-1);
      Measured.say(
          "watch cut every second (%d ends of connections): %d changes, all acted on within %d ms",
          scissors.cuts(), slices.since(begin).size(), slowest);
      assertThat(gateway.replica().podsReady()).isEqualTo(2);
      assertThat(slowest).isBetween(0L, 4000L);
    }
  }

  private static void stopped(Duration time) {
    ClusterTool.isNeeded();
    Path kubeconfig = kubeconfig();
    try (Gateway gateway = started(kubeconfig);
        Crowd crowd = new Crowd(gateway.address())) {
      int pages = (int) time.toSeconds() + 10;
      crowd.come(20, Duration.ofSeconds(3), new Habits(pages, 1000));
      Until.so("visitors are inside", () -> crowd.record().comeIn() >= 10);
      ClusterTool.call("stop-api");
      long answers;
      double age;
      try (Gateway another = Gateway.start(NAMESPACE, kubeconfig)) {
        Until.passed(time);
        age = gateway.replica().podsAgeSeconds();
        // Who restarts meanwhile knows of no pod: alive, but no place to send visitors to.
        assertThat(another.replica().status("/livez")).isEqualTo(200);
        assertThat(another.replica().status("/readyz")).isEqualTo(503);
        assertThat(gateway.replica().status("/readyz")).isEqualTo(200);
        assertThat(gateway.replica().podsReady()).isEqualTo(2);
        assertThat(gateway.log()).contains("kubernetes_unreachable");
        ClusterTool.call("start-api");
        answers = System.nanoTime();
        Until.so("the one that restarted is ready", () -> isReady(another));
        Measured.say(
            "restarted while the API was away: ready %.1f s after it answered again",
            (System.nanoTime() - answers) / 1e9);
      }
      double again = knowsAgain(gateway) + (System.nanoTime() - answers) / 1e9;
      String what = "API stopped for %d s".formatted(time.toSeconds());
      Measured.say("%s: knowledge was %.1f s old, fresh again within %.1f s", what, age, again);
      assertThat(age).isBetween(time.toSeconds() - 3.0, time.toSeconds() + 60.0);
      Until.so("everybody was served", () -> crowd.present() == 0);
      assertNothingFailed(what, crowd.record(), 20);
    }
  }

  private static boolean isReady(Gateway gateway) {
    return gateway.replica().status("/readyz") == 200;
  }

  private static Path kubeconfig() {
    return new Account(NAMESPACE, "usher").kubeconfig();
  }

  private static Gateway started(Path kubeconfig) {
    Gateway gateway = Gateway.start(NAMESPACE, kubeconfig);
    Until.so("two pods are known", () -> gateway.replica().podsReady() == 2);
    return gateway;
  }

  /** Seconds until it has heard from the API again. */
  private static double knowsAgain(Gateway gateway) {
    return Until.within(
            Until.PATIENCE,
            () -> "the gateway hears from the API again: " + gateway.log(),
            () -> gateway.replica().podsAgeSeconds() < 2)
        / 1000.0;
  }

  private static void assertNothingFailed(String what, Diary record, int visitors) {
    Measured.say(
        "%s: %d visitors, %d pages, %d turned away, %d wrong, %d broken",
        what,
        record.comeIn(),
        record.pages(),
        record.turnedAway(),
        record.wrong().size(),
        record.broken().size());
    assertThat(record.wrong()).isEmpty();
    assertThat(record.broken()).isEmpty();
    assertThat(record.comeIn()).isEqualTo(visitors);
  }
}
