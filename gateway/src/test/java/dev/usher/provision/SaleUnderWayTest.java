package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.provision.SalePlanner.Sight;
import dev.usher.provision.SaleSchedule.Need;
import dev.usher.provision.SaleStage.Phase;
import dev.usher.sale.SaleEvent;
import dev.usher.sale.SaleEvent.Size;
import dev.usher.sale.SaleEvent.Times;
import dev.usher.sale.SaleTime;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Once its pods are asked for, a plan shows when they were, and how many are there. */
final class SaleUnderWayTest {
  private static final SalePlanner PLANNER =
      SalePlanner.declared(
          "shop",
          new Sizing(
              new Scaling(2, 0, Duration.ofMinutes(5), Duration.ofMinutes(1)),
              new Declared(200, 0, 0, 0),
              new Tuning(0, 0, 1, 1, 1, 1, 0)));

  private long now;
  private SaleSchedule schedule = new SaleSchedule(List.of(), List.of());

  private static SaleTime at(String clock) {
    return new SaleTime(LocalDateTime.parse("2026-06-12T" + clock), ZoneOffset.UTC);
  }

  private static SaleEvent sale(int replicas) {
    return sale(null, replicas);
  }

  private static SaleEvent sale(@Nullable String closesAt, int replicas) {
    return new SaleEvent(
        "concert",
        "sale",
        new Times(null, at("10:00"), closesAt == null ? null : at(closesAt)),
        new Size(replicas, 0, null),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        10);
  }

  private void events(SaleEvent... events) {
    schedule = new SaleSchedule(List.of(events), schedule.stages());
  }

  /** Nobody waits, and pods take a quarter of an hour. */
  private void step() {
    schedule.step(
        new SaleSchedule.Seen(
            now,
            room -> 0,
            event -> new Need(event.size().replicas(), event.readyAtMillis() - 900_000)));
  }

  @Test
  void whenTheLastOfThePodsWereAskedForIsKeptUntilTheyAreGivenUp() {
    events(sale("11:00", 30));
    assertThat(askedAt("09:00")).isZero();
    for (String time : List.of("09:45", "09:50", "10:00", "10:30", "11:00", "11:02")) {
      assertThat(askedAt(time)).isEqualTo(at("09:45").millis());
    }
    assertThat(schedule.stages().get(0).phase()).isEqualTo(Phase.LOWERING);
    askedAt("23:00");
    while (schedule.stages().get(0).phase() != Phase.DONE) {
      now += 60_000;
      step();
    }
    assertThat(schedule.stages().get(0).askedAt()).isZero();
  }

  @Test
  void oneThatIsMadeBiggerHasItsPodsAskedForThen() {
    events(sale(30));
    askedAt("09:45");
    events(sale(40));
    assertThat(askedAt("09:50")).isEqualTo(at("09:50").millis());
    events(sale(35));
    assertThat(askedAt("09:55")).isEqualTo(at("09:50").millis());
    askedAt("10:00");
    events(sale(50));
    assertThat(askedAt("10:02")).isEqualTo(at("10:02").millis());
  }

  private long askedAt(String clock) {
    now = at(clock).millis();
    step();
    return schedule.stages().get(0).askedAt();
  }

  private static List<String> said(SalePlan plan) {
    return plan.warnings().stream().map(PlanWarning::sentence).toList();
  }

  /** The plan of an event that stands there, where so many pods are ready. */
  private static SalePlan plan(SaleEvent event, SaleStage stage, long now, int ready) {
    return PLANNER.plans(List.of(event), new Sight(now, ready, List.of(stage))).get(0);
  }

  @Test
  void onceTheyAreAskedForAPlanShowsWhenTheyWereAndHowManyAreReady() {
    SaleEvent sale = sale(30);
    long asked = sale.opensAtMillis() - 500_000;
    SaleStage raising = SaleStage.planned(sale.key()).in(Phase.RAISING, 30, asked);
    SalePlan awaited = plan(sale, raising, asked + 60_000, 2);
    assertThat(awaited.raiseAt()).isEqualTo(asked);
    assertThat(awaited.readyAt()).isEqualTo(asked + 120_000);
    assertThat(said(awaited)).isEmpty();
    SalePlan overdue = plan(sale, raising, asked + 121_000, 2);
    assertThat(overdue.readyAt()).isEqualTo(asked + 120_000);
    assertThat(said(overdue))
        .containsExactly(
            "2 of its 30 pods are ready, though all were expected at 2026-06-12T09:53:40Z: usher"
                + " check --kubernetes tells what may keep the others");
    assertThat(overdue.isReadyInTime()).isFalse();
    assertThat(plan(sale, raising, asked + 121_000, 29).isReadyInTime()).isTrue();
  }

  @Test
  void whileFewerPodsAreReadyThanAreAskedForAnOpenEventIsNotReadyInTime() {
    SaleEvent sale = sale(3);
    long asked = sale.opensAtMillis() - 30_000;
    SaleStage open =
        SaleStage.planned(sale.key())
            .in(Phase.RAISING, 3, asked)
            .in(Phase.OPEN, 3, sale.opensAtMillis());
    SalePlan few = plan(sale, open, sale.opensAtMillis() + 1000, 2);
    assertThat(few.raiseAt()).isEqualTo(asked);
    assertThat(few.readyAt()).isEqualTo(asked + 75_000);
    assertThat(said(few))
        .containsExactly(
            "2 of its 3 pods are ready, so people wait longer than was planned: usher check"
                + " --kubernetes tells what may keep the others");
    assertThat(few.isReadyInTime()).isFalse();
    SalePlan all = plan(sale, open, sale.opensAtMillis() + 60_000, 3);
    assertThat(all).extracting(SalePlan::raiseAt, SalePlan::readyAt).containsExactly(asked, 0L);
    assertThat(all.isReadyInTime()).isTrue();
  }

  @Test
  void ofPodsThatAnOlderReplicaAskedForOrNobodyNoTimeIsMadeUp() {
    SaleEvent sale = sale(3);
    String open = sale.key() + " open 3 " + sale.opensAtMillis() + " 0 3/0/";
    SaleStage late = SaleStage.planned(sale.key()).in(Phase.LATE, 0, sale.opensAtMillis());
    for (SaleStage stage : List.of(Objects.requireNonNull(SaleStage.parse(open)), late)) {
      SalePlan plan = plan(sale, stage, sale.opensAtMillis() + 1000, 2);
      assertThat(plan).extracting(SalePlan::raiseAt, SalePlan::readyAt).containsExactly(0L, 0L);
      assertThat(plan.isReadyInTime()).isFalse();
    }
  }

  @Test
  void anEventThatIsPutOffWhileItsPodsAreGivenUpShowsWhenTheyWillBeAskedForAgain() {
    SaleEvent sale = sale(30);
    long asked = sale.opensAtMillis() - 86_400_000;
    SaleStage lowering =
        SaleStage.planned(sale.key())
            .in(Phase.RAISING, 30, asked)
            .in(Phase.LOWERING, 12, asked + 60_000);
    SalePlan again = plan(sale, lowering, asked + 61_000, 12);
    assertThat(again.raiseAt()).isEqualTo(sale.readyAtMillis() - 120_000);
    assertThat(again.readyAt()).isEqualTo(sale.readyAtMillis());
    SalePlan over = plan(sale, lowering, sale.opensAtMillis() + 61_000, 2);
    assertThat(over.pods()).isEqualTo(12);
    assertThat(over).extracting(SalePlan::raiseAt, SalePlan::readyAt).containsExactly(asked, 0L);
    assertThat(said(over)).isEmpty();
  }
}
