package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Pods of the shop and of Usher come and go while a crowd waits. */
@OnCluster
@Order(2)
final class CrowdTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** Less than a pod's readiness probe needs to notice, twice over. */
  private static final long FLAP_MILLIS = 2500;

  private final World world;

  CrowdTest(World world) {
    this.world = world;
  }

  @Test
  @Order(1)
  void capacityFollowsThePodsFromTwoToTenToThreeAndNobodyLosesAPlace() {
    try (Meeting meeting = new Meeting(world, "scale 2 -> 10 -> 3", 130)) {
      meeting.begin(2);
      world.shop().scale(10);
      meeting.awaitCapacity(10);
      meeting.awaitInside(10 * Meeting.PER_POD);

      world.shop().scale(3);
      meeting.awaitCapacity(3);
      long inside = meeting.history().cameIn();
      Until.pause(6000);
      assertThat(meeting.history().cameIn()).as("calling stopped").isEqualTo(inside);
      assertThat(meeting.history().comeAgain()).as("what exceeds the caps").isNotEmpty();

      meeting.assertEverybodyComesIn();
      meeting.assertFollowed();
    }
  }

  @Test
  @Order(2)
  void nobodyNoticesARollingUpdateOfTheShop() {
    try (Meeting meeting = new Meeting(world, "rolling update of the shop", 50)) {
      meeting.begin(3);
      List<String> old = Shop.names(world.shop().ready());
      world.shop().roll();
      Until.so(
          A_MINUTE,
          () -> Shop.names(world.shop().ready()).stream().noneMatch(old::contains),
          () -> "all pods new, but " + world.shop().pods());
      world.shop().awaitReady(3, A_MINUTE);
      meeting.awaitCapacity(3);
      meeting.assertEverybodyComesIn();
      meeting.assertFollowed();
    }
  }

  @Test
  @Order(3)
  void nobodyNoticesThatAPodOfTheShopIsKilled() {
    try (Meeting meeting = new Meeting(world, "a pod killed with SIGKILL", 50)) {
      meeting.begin(3);
      world.shop().kill(world.shop().ready().get(0));
      Until.pause(1000);
      world.shop().awaitReady(3, A_MINUTE);
      meeting.awaitCapacity(3);
      meeting.assertEverybodyComesIn();
      meeting.assertFollowed();
    }
  }

  @Test
  @Order(4)
  void nobodyNoticesAPodThatFlaps() {
    try (Meeting meeting = new Meeting(world, "a pod that flaps", 50)) {
      meeting.begin(3);
      String pod = world.shop().ready().get(0).getStatus().getPodIP();
      for (int i = 0; i < 4; i++) {
        world.http().text("http://" + pod + ":8080/flip");
        Until.pause(FLAP_MILLIS);
      }
      meeting.awaitCapacity(3);
      meeting.assertEverybodyComesIn();
      meeting.assertFollowed();
    }
  }

  @Test
  @Order(5)
  void whenAllPodsAreGoneWhoIsInsideIsToldToComeAgainAndWhoWaitsGoesOnWaiting() {
    try (Meeting meeting = new Meeting(world, "all pods gone and back", 40)) {
      meeting.begin(3);
      world.shop().scale(0);
      meeting.awaitCapacity(0);
      int told = meeting.history().comeAgain().size();
      Until.pause(3000);
      assertThat(meeting.history().comeAgain()).hasSizeGreaterThan(told);
      world.shop().scale(3);
      meeting.awaitCapacity(3);
      meeting.assertEverybodyComesIn();
      meeting.assertFollowed();
    }
  }

  @Test
  @Order(6)
  void theDrainOfANodeIsFollowedAndSoIsItsReturn() {
    try (Meeting meeting = new Meeting(world, "node drained", 40)) {
      meeting.begin(3);
      List<String> nodes =
          world.shop().ready().stream().map(pod -> pod.getSpec().getNodeName()).distinct().toList();
      nodes.forEach(node -> world.takesPods(node, false));
      try {
        world.shop().evict();
        meeting.awaitCapacity(0);
      } finally {
        nodes.forEach(node -> world.takesPods(node, true));
      }
      meeting.awaitCapacity(3);
      meeting.assertEverybodyComesIn();
      meeting.assertFollowed();
    }
  }

  @Test
  @Order(7)
  void nobodyNoticesARollingUpdateOfUsher() {
    try (Meeting meeting = new Meeting(world, "rolling update of Usher", 50)) {
      meeting.whileReplicasGo();
      world.shop().scale(3);
      meeting.begin(3);
      List<String> old = Shop.names(world.replicas());
      world
          .client()
          .apps()
          .deployments()
          .inNamespace(world.namespace())
          .withName("usher")
          .rolling()
          .restart();
      Until.so(
          A_MINUTE,
          () -> areNew(world.replicas(), old),
          () -> "three new replicas, but " + world.replicas());
      meeting.assertEverybodyComesIn();
    }
  }

  @Test
  @Order(8)
  void nobodyNoticesThatTheApiServerIsStopped() {
    try (Meeting meeting = new Meeting(world, "API server stopped for 30 s", 50)) {
      meeting.begin(3);
      World.script("stop-api");
      try {
        Until.pause(30_000);
      } finally {
        World.script("start-api");
      }
      meeting.awaitCapacity(3);
      meeting.assertEverybodyComesIn();
    }
  }

  private static boolean areNew(List<Pod> replicas, List<String> old) {
    return replicas.size() == 3 && Shop.names(replicas).stream().noneMatch(old::contains);
  }
}
