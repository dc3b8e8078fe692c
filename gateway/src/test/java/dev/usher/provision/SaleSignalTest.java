package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.provision.SaleStage.Phase;
import dev.usher.sale.SaleEvent;
import dev.usher.sale.SaleEvent.Size;
import dev.usher.sale.SaleEvent.Times;
import dev.usher.sale.SaleTime;
import dev.usher.store.memory.MemoryQueueStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The pods of an event are asked for in time, by every replica alike, whoever leads. */
final class SaleSignalTest {
  private long now = 1_800_000_000_000L;
  private final MemoryQueueStore store = new MemoryQueueStore("one", () -> now, Duration.ZERO);
  private final List<Replica> replicas =
      List.of(
          new Replica(1, store, 40),
          new Replica(2, store.seenBy("two"), 40),
          new Replica(3, store.seenBy("three"), 40));

  private SaleTime in(int minutes) {
    Instant then = Instant.ofEpochMilli(now).plusSeconds(60L * minutes);
    return new SaleTime(LocalDateTime.ofInstant(then, ZoneOffset.UTC), ZoneOffset.UTC);
  }

  private SaleEvent sale(@Nullable SaleTime preQueueAt, SaleTime opensAt) {
    return new SaleEvent(
        "concert",
        "sale",
        new Times(preQueueAt, opensAt, null),
        new Size(30, 0, null),
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        10);
  }

  private void plan(SaleEvent... events) {
    for (Replica replica : replicas) {
      replica.room.reconfigure(replica.room.policy().with(List.of(events)));
    }
  }

  private void tick(List<Replica> them, int seconds) {
    for (int i = 0; i < seconds; i++) {
      now += 1000;
      them.forEach(replica -> replica.tick(now));
    }
  }

  private static Desired told(Replica replica, long now) {
    return Objects.requireNonNull(replica.signal.told(now), "told");
  }

  private Phase phase(Replica replica) {
    return replica.signal.sales().plans().get(0).phase();
  }

  @Test
  void everyReplicaAsksForThePodsOfAnEventBeforeItAndKeepsThemUntilNobodyWaits() {
    replicas.forEach(replica -> replica.ready(2));
    SaleEvent sale = sale(null, in(20));
    plan(sale);
    tick(replicas, 5);
    // From one pod to thirty: five looks of the autoscaler after a minute's start, five before.
    long raiseAt = sale.readyAtMillis() - 60_000 - 4 * 15_000;
    assertThat(told(replicas.get(2), now).terms().schedule()).isZero();
    assertThat(told(replicas.get(2), now).until()).isEqualTo(raiseAt);
    tick(replicas, (int) (raiseAt - now) / 1000 - 1);
    assertThat(told(replicas.get(2), now).desired()).isEqualTo(1);
    tick(replicas, 3);
    for (Replica replica : replicas) {
      assertThat(told(replica, now).terms().schedule()).isEqualTo(30);
      assertThat(told(replica, now).reason()).isEqualTo(Desired.Reason.SCHEDULE);
      assertThat(phase(replica)).isEqualTo(Phase.RAISING);
      assertThat(replica.signal.sales().behind().pods()).isZero();
    }
    tick(replicas, (int) (sale.readyAtMillis() - now) / 1000 + 2);
    SaleBook.Behind behind = replicas.get(1).signal.sales().behind();
    assertThat(behind.pods()).isEqualTo(30);
    assertThat(behind.extraWaitSeconds()).isGreaterThan(60);
    tick(replicas, (int) (sale.opensAtMillis() - now) / 1000 + 2);
    assertThat(phase(replicas.get(1))).isEqualTo(Phase.OPEN);

    // The leader is gone; another goes on from there, and nothing dips meanwhile.
    List<Replica> left = replicas.subList(1, 3);
    for (int i = 0; i < 60; i++) {
      tick(left, 1);
      assertThat(told(left.get(1), now).terms().schedule()).isEqualTo(30);
    }
    tick(left, 60);
    assertThat(phase(left.get(0))).isEqualTo(Phase.LOWERING);
    tick(left, 61);
    assertThat(told(left.get(0), now).terms().schedule()).isEqualTo(27);
    assertThat(told(left.get(1), now)).isEqualTo(told(left.get(0), now));
  }

  @Test
  void podsThatAreReadyAreNotLateForAnOpeningThatIsNear() {
    replicas.forEach(replica -> replica.ready(30));
    tick(replicas, 5);
    plan(sale(null, in(1)));
    for (int second = 0; second < 50; second++) {
      for (Replica replica : replicas) {
        SalePlan plan = replica.signal.sales().plans().get(0);
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.isReadyInTime()).isTrue();
        assertThat(plan.readyAt()).as("nothing is awaited").isZero();
      }
      tick(replicas, 1);
    }
    assertThat(phase(replicas.get(2))).isEqualTo(Phase.RAISING);
    replicas.forEach(replica -> replica.fail(2));
    tick(replicas, 2);
    for (Replica replica : replicas) {
      SalePlan plan = replica.signal.sales().plans().get(0);
      assertThat(plan.isReadyInTime()).isFalse();
      assertThat(plan.readyAt()).isGreaterThan(plan.event().opensAtMillis());
    }
  }

  @Test
  void whenPodsWereAskedForStaysAsItIsOnceAnEventIsOpenWhoeverLeads() {
    replicas.forEach(replica -> replica.ready(2));
    tick(replicas, 5);
    plan(sale(null, in(1)));
    tick(replicas, 3);
    long asked = replicas.get(1).signal.sales().plans().get(0).raiseAt();
    assertThat(asked).isBetween(now - 3000, now);
    tick(replicas, 60);
    List<Replica> left = replicas.subList(1, 3);
    tick(left, 60);
    for (Replica replica : left) {
      SalePlan plan = replica.signal.sales().plans().get(0);
      assertThat(plan.phase()).isEqualTo(Phase.OPEN);
      assertThat(plan.raiseAt()).isEqualTo(asked);
      assertThat(plan.warnings()).singleElement().asString().contains("2 of its 30 pods are ready");
      assertThat(plan.isReadyInTime()).isFalse();
      replica.ready(30);
    }
    tick(left, 2);
    for (Replica replica : left) {
      SalePlan plan = replica.signal.sales().plans().get(0);
      assertThat(plan.raiseAt()).isEqualTo(asked);
      assertThat(plan.warnings()).isEmpty();
    }
  }

  @Test
  void thoseWhoGatherEarlyNeedNoPodsBeforeThoseOfTheEventAreDue() {
    replicas.forEach(replica -> replica.ready(2));
    plan(sale(in(0), in(60)));
    tick(replicas, 5);
    replicas.get(0).arrive(9000, now);
    tick(replicas, 5);
    assertThat(told(replicas.get(1), now).terms()).isEqualTo(new Desired.Terms(0, 0, 0));
    assertThat(replicas.get(0).room.line().called()).isZero();
    plan(sale(in(-1), in(5)));
    tick(replicas, 3);
    assertThat(told(replicas.get(1), now).terms().queue()).isGreaterThan(15);
    assertThat(told(replicas.get(1), now).terms().schedule()).isEqualTo(30);
  }

  @Test
  void whenTheStoreLosesEverythingAnEventGoesOnWhoeverLeadsThen() {
    replicas.forEach(replica -> replica.ready(2));
    SaleEvent sale = sale(null, in(20));
    plan(sale);
    tick(replicas, 20 * 60 + 5);
    replicas.get(0).arrive(9000, now);
    tick(replicas, 11 * 60);
    for (List<Replica> left : List.of(replicas, replicas.subList(1, 3))) {
      store.lose();
      for (int second = 0; second < 30; second++) {
        tick(left, 1);
        for (Replica replica : left) {
          Desired told = replica.signal.told(now);
          assertThat(told == null ? 30 : told.terms().schedule()).isEqualTo(30);
          assertThat(phase(replica)).isEqualTo(Phase.OPEN);
        }
      }
      assertThat(told(left.get(0), now).terms().schedule()).isEqualTo(30);
    }
  }

  @Test
  void anEventWhoseRoomGoesFromTheFileIsLoweredAndNotDropped() {
    replicas.forEach(replica -> replica.ready(2));
    plan(sale(null, in(1)));
    tick(replicas, 65);
    for (Replica replica : replicas) {
      replica.doorkeeper.reconfigure(List.of());
    }
    tick(replicas, 5);
    assertThat(told(replicas.get(1), now).terms().schedule()).isEqualTo(30);
    tick(replicas, 60);
    assertThat(told(replicas.get(1), now).terms().schedule()).isEqualTo(27);
  }

  @Test
  void anOpeningThatIsFoundLateIsShownAndNotCarriedOut() {
    replicas.forEach(replica -> replica.ready(2));
    tick(replicas, 5);
    plan(sale(null, in(-20)));
    tick(replicas, 3);
    for (Replica replica : replicas) {
      assertThat(told(replica, now).terms().schedule()).isZero();
      assertThat(phase(replica)).isEqualTo(Phase.LATE);
      assertThat(replica.signal.sales().plans().get(0).warnings().get(0).sentence())
          .startsWith("its opening was found more than ten minutes late");
    }
  }
}
