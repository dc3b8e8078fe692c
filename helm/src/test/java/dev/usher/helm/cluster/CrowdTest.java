package dev.usher.helm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Pods come and go while a crowd waits. */
@OnCluster
final class CrowdTest {
  /** Of the ten sessions that a pod is declared to carry, a tenth is left to chance. */
  private static final int PER_POD = 9;

  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final World world;
  private final Crowd crowd;
  private final Slices slices;
  private final List<Sightings> replicas = new ArrayList<>();

  CrowdTest(World world) {
    this.world = world;
    this.crowd = new Crowd(world.door(), world.http());
    this.slices = new Slices(world, "shop");
  }

  @BeforeEach
  void lookAtEveryReplica() {
    world.opsPorts().forEach(ops -> replicas.add(new Sightings(ops, world.http())));
    assertThat(replicas).hasSize(3);
  }

  @AfterEach
  void lookNoMore() {
    replicas.forEach(Sightings::close);
    crowd.close();
    slices.close();
  }

  @Test
  @Order(1)
  void capacityFollowsThePodsFromTwoToTenToThreeAndNobodyLosesAPlace() {
    awaitCapacity(2);
    crowd.come(130, 2000);
    awaitInside(2 * PER_POD);

    world.shop().scale(10);
    awaitCapacity(10);
    awaitInside(10 * PER_POD);

    world.shop().scale(3);
    awaitCapacity(3);
    long calling = crowd.history().cameIn();
    Until.pause(6000);
    assertThat(crowd.history().cameIn()).as("calling stopped").isEqualTo(calling);
    assertThat(crowd.history().comeAgain()).as("what exceeds the caps comes again").isNotEmpty();

    assertEverybodyComesIn("scale 2 -> 10 -> 3", 130);
    assertFollowed("scale 2 -> 10 -> 3");
  }

  private void awaitCapacity(int pods) {
    Until.so(
        A_MINUTE,
        () -> replicas.stream().allMatch(replica -> replica.capacity() == pods * PER_POD),
        () ->
            "capacity of "
                + pods
                + " pods, but "
                + replicas.stream().map(Sightings::last).toList());
  }

  private void awaitInside(int visitors) {
    Until.so(
        A_MINUTE,
        () -> crowd.history().cameIn() >= visitors,
        () -> visitors + " inside, but " + crowd.history().cameIn());
  }

  private void assertEverybodyComesIn(String what, int visitors) {
    crowd.letGo();
    Until.so(
        A_MINUTE,
        () -> crowd.present() == 0,
        () -> crowd.present() + " are still there: " + crowd.history().statuses());
    History history = crowd.history();
    Until.measured(
        "%s: %d visitors, longest wait %d ms, %d pages of 503 with Retry-After, most in flight on a"
            + " pod %d, connection errors %d; %s",
        what,
        history.cameIn(),
        history.longestWait(),
        history.comeAgain().size(),
        history.mostInFlight(),
        history.errors().size(),
        history.statuses());
    assertThat(history.cameIn()).isEqualTo(visitors);
    assertThat(history.errors()).isEmpty();
    assertThat(history.failures()).isEmpty();
    assertThat(history.lost()).isEmpty();
    assertThat(history.fromGonePods(slices.changes())).isEmpty();
  }

  private void assertFollowed(String what) {
    for (Sightings replica : replicas) {
      List<Long> lags = replica.lags(slices.changes(), PER_POD);
      Until.measured(
          "%s: capacity follows %d changes of the slices after at most %d ms: %s",
          what, lags.size(), lags.stream().mapToLong(Long::longValue).max().orElse(0), lags);
      assertThat(lags).allMatch(lag -> lag <= History.HEARS_MILLIS);
    }
  }
}
