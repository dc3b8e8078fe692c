package dev.usher.helm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.helm.cluster.Followers.Delay;
import dev.usher.helm.cluster.Installed.Wish;
import dev.usher.helm.cluster.Slices.Change;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What the chart installs, from its first pod to its last. In order, because an installation takes
 * half a minute and most of the tests are about what becomes of one.
 */
@OnCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class InstalledTest {
  private static final String NAMESPACE = "usher-proof";
  private static final Installed USHER = new Installed(NAMESPACE);
  private static final Shop SHOP = new Shop(NAMESPACE);

  /** What Usher promises of a pod that comes or goes. */
  private static final long FOLLOWS_WITHIN_MILLIS = 300;

  private static final int SESSIONS_PER_POD = 20;

  @BeforeAll
  static void aShopRuns() {
    Kube.restricted(NAMESPACE);
    SHOP.open();
  }

  @AfterAll
  static void nothingStays() {
    Kube.remove(NAMESPACE);
  }

  @Test
  @Order(1)
  void threeReplicasBecomeReadyWhereOnlyRestrictedPodsMayRun() {
    long begin = System.nanoTime();
    assertThat(USHER.install(new Wish("First", SESSIONS_PER_POD)).getStatus())
        .isEqualTo("deployed");
    Measured.say(
        "helm install, 3 replicas and Redis ready: %.1f s", (System.nanoTime() - begin) / 1e9);
    assertThat(USHER.readyPods()).hasSize(Installed.REPLICAS);
    for (Pod pod : USHER.readyPods()) {
      assertThat(pod.getSpec().getServiceAccountName()).isEqualTo(Installed.RELEASE);
    }
  }

  @Test
  @Order(2)
  void helmTestPasses() {
    assertThat(USHER.test().getStatus()).isEqualTo("deployed");
  }

  @Test
  @Order(3)
  void anUpgradeWithAChangedRoomTakesEffect() {
    assertThat(USHER.titles()).containsOnly("First");
    long begin = System.nanoTime();
    USHER.upgrade(new Wish("Second", SESSIONS_PER_POD));
    Until.so("every replica has the new title", () -> USHER.titles().equals(List.of("Second")));
    Measured.say(
        "helm upgrade with a changed room, in effect on 3 replicas: %.1f s",
        (System.nanoTime() - begin) / 1e9);
  }

  @Test
  @Order(4)
  void capacityFollowsTheDeploymentWhileACrowdWaits() {
    SHOP.scaleTo(2);
    try (Slices slices = new Slices(NAMESPACE, Shop.NAME);
        Followers followers = new Followers(USHER.replicas());
        Crowd crowd = new Crowd(USHER.visitors())) {
      crowd.come(150, Duration.ofSeconds(5), new Habits(12, 1000));
      Until.so("visitors are inside", () -> crowd.record().comeIn() >= 30);
      long begin = System.nanoTime();
      SHOP.scaleTo(10);
      long grown = System.nanoTime();
      Until.so("it was seen that ten pods are ready", () -> slices.ready() == 10);
      Until.passed(Duration.ofSeconds(3));
      crowd.come(100, Duration.ofSeconds(3), new Habits(12, 1000));
      SHOP.scaleTo(3);
      Until.so("three pods are left", () -> slices.ready() == 3);
      Until.so("everybody came in and left", () -> crowd.present() == 0);
      assertFollowed("2 -> 10 -> 3", slices.since(begin), followers);
      assertNobodyLost(crowd.record(), 250);
      assertThat(grown).isGreaterThan(begin);
    }
  }

  @Test
  @Order(99)
  void uninstallingLeavesNothing() {
    USHER.uninstall();
    Until.so("all that the chart made is gone", () -> USHER.remains().isEmpty());
  }

  private static void assertFollowed(String what, List<Change> changes, Followers followers) {
    List<Delay> delays = followers.delays(changes);
    Measured.say(
        "%s: %d changes of the slices, 3 replicas: half acted within %d ms, all within %d ms (what"
            + " the machine kept the answers waiting left out: %d ms)",
        what,
        changes.size(),
        median(delays.stream().map(Delay::atMost).toList()),
        delays.stream().mapToLong(Delay::atMost).max().orElse(-1),
        delays.stream().mapToLong(Delay::atLeast).max().orElse(-1));
    assertThat(delays)
        .isNotEmpty()
        .allMatch(delay -> delay.atLeast() <= FOLLOWS_WITHIN_MILLIS, "within 300 ms");
  }

  private static void assertNobodyLost(Diary record, int visitors) {
    Measured.say(
        "%d visitors: %d came in, %d pages, %d answers 503 with Retry-After and %d through on"
            + " retry, %d wrong answers, %d broken connections, %d requests to a pod told to stop"
            + " (the last after %d ms), longest wait %.1f s",
        visitors,
        record.comeIn(),
        record.pages(),
        record.turnedAway(),
        record.cameThrough(),
        record.wrong().size(),
        record.broken().size(),
        record.late(),
        record.latestMillis(),
        record.longestWaitMillis() / 1000.0);
    assertThat(record.wrong()).isEmpty();
    assertThat(record.broken()).isEmpty();
    assertThat(record.comeIn()).isEqualTo(visitors);
    assertThat(record.latestMillis()).isLessThanOrEqualTo(FOLLOWS_WITHIN_MILLIS);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(-1L);
  }
}
