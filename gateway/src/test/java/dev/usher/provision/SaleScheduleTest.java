package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.provision.SaleSchedule.Need;
import dev.usher.provision.SaleStage.Phase;
import dev.usher.sale.SaleEvent;
import dev.usher.sale.SaleEvent.Size;
import dev.usher.sale.SaleEvent.Times;
import dev.usher.sale.SaleTime;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pods are wanted before an event, as long as people come for it, and are given up by steps. */
final class SaleScheduleTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Duration WITHIN = Duration.ofMinutes(10);

  private long waiting;
  private long now = at("2026-06-12T08:00").millis();
  private SaleSchedule schedule = new SaleSchedule(List.of(), List.of());

  private static SaleTime at(String local) {
    return new SaleTime(LocalDateTime.parse(local), UTC);
  }

  private static SaleEvent event(String name, String opensAt, int replicas) {
    return event(name, opensAt, null, replicas);
  }

  private static SaleEvent event(
      String name, String opensAt, @Nullable String closesAt, int replicas) {
    return new SaleEvent(
        "concert",
        name,
        new Times(null, at(opensAt), closesAt == null ? null : at(closesAt)),
        new Size(replicas, 0, WITHIN),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        10);
  }

  private void events(SaleEvent... events) {
    schedule = new SaleSchedule(List.of(events), schedule.stages());
  }

  private SaleSchedule.Wanted step() {
    return schedule.step(new SaleSchedule.Seen(now, room -> waiting, SaleScheduleTest::need));
  }

  /** Pods take a quarter of an hour. */
  private static Need need(SaleEvent event) {
    return new Need(Math.max(event.size().replicas(), 28), event.readyAtMillis() - 900_000);
  }

  private int wanted(String local) {
    now = at(local).millis();
    return step().pods();
  }

  private Phase phase() {
    return schedule.stages().get(0).phase();
  }

  @Test
  void podsAreWantedFromTheLeadBeforeTheOpeningOn() {
    events(event("sale", "2026-06-12T10:00", 30));
    assertThat(wanted("2026-06-12T09:39:59")).isZero();
    assertThat(step().until()).isEqualTo(at("2026-06-12T09:40").millis());
    assertThat(wanted("2026-06-12T09:40")).isEqualTo(30);
    assertThat(phase()).isEqualTo(Phase.RAISING);
    assertThat(wanted("2026-06-12T10:00")).isEqualTo(30);
    assertThat(phase()).isEqualTo(Phase.OPEN);
  }

  @Test
  void theyAreKeptUntilNobodyHasWaitedForAWhile() {
    events(event("sale", "2026-06-12T10:00", 30));
    wanted("2026-06-12T09:40");
    waiting = 5;
    wanted("2026-06-12T10:00");
    assertThat(wanted("2026-06-12T12:00")).isEqualTo(30);
    waiting = 0;
    assertThat(wanted("2026-06-12T12:01")).isEqualTo(30);
    assertThat(step().until()).isEqualTo(at("2026-06-12T12:11").millis());
    waiting = 1;
    wanted("2026-06-12T12:05");
    waiting = 0;
    wanted("2026-06-12T12:06");
    assertThat(wanted("2026-06-12T12:15:59")).isEqualTo(30);
    assertThat(phase()).isEqualTo(Phase.OPEN);
    assertThat(wanted("2026-06-12T12:16")).isEqualTo(30);
    assertThat(phase()).isEqualTo(Phase.LOWERING);
  }

  @Test
  void theyAreGivenUpByATenthAMinuteDownToNone() {
    events(event("sale", "2026-06-12T10:00", "2026-06-12T11:00", 30));
    wanted("2026-06-12T10:00");
    waiting = 5; // Who waits is the line's to care for: the event is over.
    List<Integer> sizes = new ArrayList<>();
    for (int minute = 0; minute < 25; minute++) {
      sizes.add(wanted("2026-06-12T11:" + (minute < 10 ? "0" : "") + minute));
    }
    assertThat(sizes.subList(0, 6)).containsExactly(30, 27, 24, 21, 18, 16);
    assertThat(sizes).isSortedAccordingTo((a, b) -> b - a).endsWith(0);
    assertThat(phase()).isEqualTo(Phase.DONE);
  }

  @Test
  void whereTwoMeetOrOverlapNothingDipsInBetween() {
    events(
        event("early", "2026-06-12T10:00", "2026-06-12T11:00", 20),
        event("late", "2026-06-12T11:10", "2026-06-12T12:00", 30));
    int before = wanted("2026-06-12T10:00");
    assertThat(before).isEqualTo(28); // sized by the test
    for (int minute = 45; minute < 60; minute++) {
      assertThat(wanted("2026-06-12T10:" + minute)).isGreaterThanOrEqualTo(28);
    }
    assertThat(wanted("2026-06-12T11:00")).isEqualTo(30);
    assertThat(wanted("2026-06-12T11:20")).isEqualTo(30);
  }

  @Test
  void anEventThatIsDeletedWhilePeopleAreThereIsLoweredAndNotDropped() {
    events(event("sale", "2026-06-12T10:00", 30));
    wanted("2026-06-12T10:00");
    events();
    assertThat(wanted("2026-06-12T10:05")).isEqualTo(30);
    assertThat(wanted("2026-06-12T10:06")).isEqualTo(27);
    for (int minute = 7; minute < 40; minute++) {
      wanted("2026-06-12T10:" + (minute < 10 ? "0" : "") + minute);
    }
    assertThat(step().pods()).isZero();
    assertThat(schedule.stages()).isEmpty();
  }

  @Test
  void oneThatIsPutBackHasItsPodsAgain() {
    waiting = 500;
    events(event("sale", "2026-06-12T10:00", 30));
    wanted("2026-06-12T10:00");
    events();
    wanted("2026-06-12T10:05");
    assertThat(wanted("2026-06-12T10:07")).isLessThan(30);
    events(event("sale", "2026-06-12T10:00", 30));
    assertThat(wanted("2026-06-12T10:08")).isEqualTo(30);
    assertThat(wanted("2026-06-12T10:40")).isEqualTo(30);
    assertThat(phase()).isEqualTo(Phase.OPEN);
  }

  @Test
  void oneThatIsProlongedAfterItsEndHasItsPodsAgain() {
    events(event("sale", "2026-06-12T10:00", "2026-06-12T10:05", 30));
    wanted("2026-06-12T10:00");
    wanted("2026-06-12T10:05");
    assertThat(wanted("2026-06-12T10:06")).isEqualTo(27);
    events(event("sale", "2026-06-12T10:00", "2026-06-12T12:00", 40));
    assertThat(wanted("2026-06-12T10:07")).isEqualTo(40);
    assertThat(phase()).isEqualTo(Phase.OPEN);
  }

  @Test
  void whoComesWhenNobodyCameForAWhileHasNoneAskedForByTheSchedule() {
    events(event("sale", "2026-06-12T10:00", 30));
    wanted("2026-06-12T10:00");
    wanted("2026-06-12T10:01");
    wanted("2026-06-12T10:11");
    assertThat(phase()).isEqualTo(Phase.LOWERING);
    waiting = 1;
    assertThat(wanted("2026-06-12T10:12")).isEqualTo(27);
    assertThat(wanted("2026-06-12T10:13")).isEqualTo(24);
  }

  @Test
  void anEventThatIsDeletedBeforeItsTimeLeavesNothing() {
    events(event("sale", "2026-06-12T10:00", 30));
    wanted("2026-06-12T09:00");
    events();
    assertThat(wanted("2026-06-12T09:50")).isZero();
    assertThat(schedule.stages()).isEmpty();
  }

  @Test
  void oneThatIsPutOffWhileRaisedGivesItsPodsUpAndAsksForThemAgain() {
    events(event("sale", "2026-06-12T10:00", 30));
    wanted("2026-06-12T09:50");
    events(event("sale", "2026-06-12T18:00", 30));
    assertThat(wanted("2026-06-12T09:51")).isEqualTo(30);
    assertThat(phase()).isEqualTo(Phase.LOWERING);
    for (int hour = 10; hour < 14; hour++) {
      for (int minute = 10; minute < 60; minute++) {
        wanted("2026-06-12T" + hour + ":" + minute);
      }
    }
    assertThat(step().pods()).isZero();
    assertThat(wanted("2026-06-12T17:40")).isEqualTo(30);
  }

  @Test
  void anEventThatIsMadeBiggerWhileItIsOpenHasItsPodsAtOnce() {
    events(event("sale", "2026-06-12T10:00", 30));
    wanted("2026-06-12T10:00");
    events(event("sale", "2026-06-12T10:00", 80));
    waiting = 1;
    assertThat(wanted("2026-06-12T10:00:01")).isEqualTo(80);
    assertThat(wanted("2026-06-12T11:00")).isEqualTo(80);
    assertThat(phase()).isEqualTo(Phase.OPEN);
  }

  @Test
  void oneThatIsMadeSmallerWhileItIsOpenGivesPodsUpByATenthAMinute() {
    events(event("sale", "2026-06-12T10:00", 100));
    wanted("2026-06-12T10:00");
    waiting = 1;
    wanted("2026-06-12T10:30");
    events(event("sale", "2026-06-12T10:00", 80));
    assertThat(wanted("2026-06-12T10:30:01")).isEqualTo(90);
    assertThat(step().pods()).isEqualTo(90);
    assertThat(wanted("2026-06-12T10:31:01")).isEqualTo(81);
    assertThat(wanted("2026-06-12T10:32:01")).isEqualTo(80);
    assertThat(wanted("2026-06-12T10:50")).isEqualTo(80);
  }

  @Test
  void oneThatIsMadeSmallerBeforeItOpensAsksForNoMoreThanThat() {
    events(event("sale", "2026-06-12T10:00", 300));
    assertThat(wanted("2026-06-12T09:45")).isEqualTo(300);
    events(event("sale", "2026-06-12T10:00", 30));
    assertThat(wanted("2026-06-12T09:46")).isEqualTo(30);
  }

  @Test
  void anOpeningThatIsFoundMuchTooLateWaitsForAWord() {
    events(event("sale", "2026-06-12T10:00", 30));
    wanted("2026-06-12T09:00");
    assertThat(wanted("2026-06-12T10:11")).isZero();
    assertThat(phase()).isEqualTo(Phase.LATE);
    assertThat(wanted("2026-06-12T10:30")).isZero();
    events(event("sale", "2026-06-12T10:45", 30)); // the word
    assertThat(wanted("2026-06-12T10:31")).isZero();
    assertThat(wanted("2026-06-12T10:32")).isEqualTo(30);
  }

  @Test
  void oneThatIsAFewMinutesLateIsCarriedOut() {
    events(event("sale", "2026-06-12T10:00", 30));
    assertThat(wanted("2026-06-12T10:09")).isEqualTo(30);
    assertThat(phase()).isEqualTo(Phase.OPEN);
  }

  @Test
  void whatIsOfAnotherDayIsOver() {
    events(
        event("old", "2026-06-10T10:00", 30),
        event("closed", "2026-06-12T07:00", "2026-06-12T07:30", 30));
    assertThat(wanted("2026-06-12T08:00")).isZero();
    assertThat(schedule.stages()).allMatch(stage -> stage.phase() == Phase.DONE);
    assertThat(step().until()).isZero();
  }

  @Test
  void whoLeadsNextGoesOnInEveryPhase() {
    events(event("sale", "2026-06-12T10:00", "2026-06-12T11:00", 30));
    for (String time :
        List.of("09:00", "09:45", "10:00", "10:30", "11:00", "11:02", "11:04", "11:30", "12:30")) {
      now = at("2026-06-12T" + time).millis();
      SaleSchedule other =
          new SaleSchedule(
              List.of(event("sale", "2026-06-12T10:00", "2026-06-12T11:00", 30)),
              schedule.stages());
      int wanted = step().pods();
      assertThat(
              other
                  .step(new SaleSchedule.Seen(now, room -> waiting, SaleScheduleTest::need))
                  .pods())
          .isEqualTo(wanted);
      assertThat(other.stages()).isEqualTo(schedule.stages());
    }
  }

  @Test
  void aClockThatIsSetBackLosesNoPods() {
    events(event("sale", "2026-06-12T10:00", 30));
    wanted("2026-06-12T10:05");
    assertThat(wanted("2026-06-12T09:55")).isEqualTo(30);
    assertThat(wanted("2026-06-12T10:00")).isEqualTo(30);
  }

  @Test
  void visitorsAreTurnedIntoPodsByWhatIsKnownThen() {
    SaleEvent sale =
        new SaleEvent(
            "concert",
            "sale",
            new Times(null, at("2026-06-12T10:00"), null),
            new Size(0, 15_000, WITHIN),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            10);
    events(sale);
    assertThat(wanted("2026-06-12T09:45")).isEqualTo(28);
  }
}
