package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.provision.SalePlanner.Sight;
import dev.usher.provision.SaleStage.Phase;
import dev.usher.sale.SaleEvent;
import dev.usher.sale.SaleEvent.Size;
import dev.usher.sale.SaleEvent.Times;
import dev.usher.sale.SaleTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan says when pods are asked for, how many, what they cost and what may go wrong. */
final class SalePlannerTest {
  private static final Duration WITHIN = Duration.ofMinutes(10);
  private static final long DAY_BEFORE = time("2026-06-11T10:00", "Europe/Berlin").millis();

  private static SaleTime time(String local, String zone) {
    return new SaleTime(LocalDateTime.parse(local), ZoneId.of(zone));
  }

  private static SaleEvent event(String name, SaleTime opensAt, Size size) {
    return event(name, opensAt, null, size);
  }

  private static SaleEvent event(
      String name, SaleTime opensAt, @Nullable SaleTime closesAt, Size size) {
    return new SaleEvent(
        "concert",
        name,
        new Times(null, opensAt, closesAt),
        size,
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        10);
  }

  private static SaleEvent sale(Size size) {
    return event("sale", time("2026-06-12T10:00", "Europe/Berlin"), size);
  }

  private static SalePlanner planner(int max) {
    return SalePlanner.declared(
        "shop",
        new Sizing(
            new Scaling(2, max, Duration.ofMinutes(5), Duration.ofMinutes(1)),
            new Declared(200, 0, 0, 0),
            new Tuning(0, 0, 1, 1, 1, 1, 0)));
  }

  private static SalePlan plan(SalePlanner planner, long now, SaleEvent... events) {
    return plan(planner, now, 0, events);
  }

  /** The plan of the first, of which nothing is written, where so many pods are ready. */
  private static SalePlan plan(SalePlanner planner, long now, int ready, SaleEvent... events) {
    return planner.plans(List.of(events), new Sight(now, ready, List.of())).get(0);
  }

  private static List<String> said(SalePlan plan) {
    return plan.warnings().stream().map(PlanWarning::sentence).toList();
  }

  @Test
  void fifteenThousandWithinTenMinutesNeedTwentyEightPodsAndTwoMinutesToGrow() {
    SalePlan plan = plan(planner(0), DAY_BEFORE, sale(new Size(0, 15_000, WITHIN)));
    assertThat(plan.pods()).isEqualTo(28);
    long opensAt = plan.event().opensAtMillis();
    assertThat(plan.readyAt()).isEqualTo(opensAt - 300_000);
    assertThat(plan.raiseAt()).isEqualTo(opensAt - 300_000 - 120_000);
    SalePlan.Terms terms = Objects.requireNonNull(plan.terms());
    assertThat(terms)
        .isEqualTo(new SalePlan.Terms(15_000, 600, 300, true, 200, 1, terms.sessions()));
    assertThat(terms.sessions()).isGreaterThanOrEqualTo(5000);
    // 7 min before, about 10 until all are in, 10 kept, and then a tenth less each minute.
    assertThat(plan.podMinutes()).isBetween(28L * 26, 28L * 28 + 28 * 11);
    assertThat(said(plan)).isEmpty();
    assertThat(plan.isReadyInTime()).isTrue();
  }

  @Test
  void withinIsThatOfTheLineWhereTheEventDoesNotSay() {
    assertThat(plan(planner(0), DAY_BEFORE, sale(new Size(0, 15_000, null))).pods())
        .isGreaterThan(40);
  }

  @Test
  void beforeAnythingIsMeasuredAPlanGoesByWhatIsDeclared() {
    Sizing sizing = planner(0).sizing();
    SalePlanner unmeasured = new SalePlanner("shop", sizing, null, new LeadTimes());
    assertThat(plan(unmeasured, DAY_BEFORE, sale(new Size(0, 15_000, WITHIN))))
        .isEqualTo(plan(planner(0), DAY_BEFORE, sale(new Size(0, 15_000, WITHIN))));
  }

  @Test
  void whatMayBeAskedForAtMostIsAWarning() {
    SalePlan plan = plan(planner(20), DAY_BEFORE, sale(new Size(0, 15_000, WITHIN)));
    assertThat(plan.pods()).isEqualTo(20);
    assertThat(said(plan))
        .singleElement()
        .asString()
        .startsWith("it needs 28 pods and upstreams.shop.scaling.max is 20: raise it");
    assertThat(plan.isReadyInTime()).isFalse();
  }

  @Test
  void anOpeningThatIsTooNearSaysWhenItsPodsWillBeThere() {
    SaleEvent sale = sale(new Size(30, 0, null));
    SalePlan plan = plan(planner(0), sale.opensAtMillis() - 60_000, sale);
    assertThat(plan.raiseAt()).isEqualTo(sale.opensAtMillis() - 60_000);
    assertThat(said(plan))
        .singleElement()
        .asString()
        .startsWith("its pods are expected to be ready at 2026-06-12T08:01:00Z, after the opening");
    assertThat(plan.isReadyInTime()).isFalse();
  }

  @Test
  void podsThatComeBeforeTheOpeningButLaterThanWishedAreMerelyToBeKnown() {
    SaleEvent sale = sale(new Size(30, 0, null));
    SalePlan plan = plan(planner(0), sale.opensAtMillis() - 240_000, sale);
    assertThat(said(plan))
        .containsExactly(
            "its pods are expected to be ready at 2026-06-12T07:58:00Z, before the opening, though"
                + " later than readyBefore asks for");
    assertThat(plan.isReadyInTime()).isTrue();
    assertThat(plan(planner(0), sale.opensAtMillis() - 119_000, sale).isReadyInTime()).isFalse();
  }

  @Test
  void whereTheRaisingIsDueTheTimeToGrowIsFromThePodsThatAreReady() {
    SaleEvent sale = sale(new Size(30, 0, null));
    long now = sale.opensAtMillis() - 80_000;
    SalePlan few = plan(planner(0), now, 2, sale);
    assertThat(few.readyAt()).isEqualTo(now + 120_000);
    assertThat(few.isReadyInTime()).isFalse();
    SalePlan most = plan(planner(0), now, 28, sale);
    assertThat(most.readyAt()).isEqualTo(now + 75_000);
    assertThat(most.isReadyInTime()).isTrue();
    SalePlan all = plan(planner(0), now, 30, sale);
    assertThat(all.readyAt()).as("nothing is awaited").isZero();
    assertThat(said(all)).isEmpty();
    assertThat(said(plan(planner(0), now, 29, sale))).as("95 % are enough").isEmpty();
  }

  @Test
  void podsThatAreReadyTodayChangeNothingOfWhatIsPlannedForTomorrow() {
    SaleEvent sale = sale(new Size(30, 0, null));
    assertThat(plan(planner(0), DAY_BEFORE, 30, sale))
        .isEqualTo(plan(planner(0), DAY_BEFORE, sale));
  }

  @ParameterizedTest
  @ValueSource(longs = {-419, -300, -60, 60, 599})
  void whoHasOnlyTheFileIsNotToldThatPodsWereNotAskedFor(long secondsAfterOpening) {
    SaleEvent sale = sale(new Size(30, 0, null));
    long now = sale.opensAtMillis() + 1000 * secondsAfterOpening;
    SalePlan plan = planner(0).unwatched(List.of(sale), now).get(0);
    assertThat(plan.raiseAt()).isEqualTo(sale.opensAtMillis() - 420_000);
    assertThat(plan.readyAt()).isEqualTo(sale.readyAtMillis());
    assertThat(said(plan))
        .containsExactly(
            "its pods should have been asked for at 2026-06-12T07:53:00Z, and a file does not tell"
                + " whether they were: /api/events on the ops port does. Asked for only now, they"
                + " would be ready at "
                + Instant.ofEpochMilli(now + 120_000));
    assertThat(plan.isReadyInTime()).isTrue();
  }

  @Test
  void whoHasOnlyTheFileIsToldTheSameBeforePodsAreAskedForAndOnceItIsOver() {
    SaleEvent sale = sale(new Size(0, 15_000, WITHIN));
    for (long now : List.of(DAY_BEFORE, sale.opensAtMillis() + 600_001)) {
      assertThat(planner(20).unwatched(List.of(sale), now))
          .isEqualTo(planner(20).plans(List.of(sale), new Sight(now, 0, List.of())));
    }
    assertThat(planner(20).unwatched(List.of(sale), sale.opensAtMillis()).get(0).isReadyInTime())
        .as("that the limit is too low is known all the same")
        .isFalse();
  }

  @Test
  void podsThatTookLongerThanDeclaredAreAskedForEarlier() {
    SalePlanner declared = planner(0);
    LeadTimes leads = LeadTimes.parse("1800000000000,2,30,60000,95400,0");
    SalePlanner measured = new SalePlanner("shop", declared.sizing(), declared.means(), leads);
    SaleEvent sale = sale(new Size(30, 0, null));
    SalePlan plan = plan(measured, DAY_BEFORE, sale);
    assertThat(plan.raiseAt()).isEqualTo(sale.readyAtMillis() - 95_400 - 60_000);
    assertThat(said(plan))
        .singleElement()
        .asString()
        .contains("pods took up to 95 s")
        .contains("upstreams.shop.scaling.podStart says 60 s")
        .endsWith("set it to 96s");
    assertThat(plan.isReadyInTime()).isTrue();
  }

  @Test
  void eventsThatOverlapAreNamed() {
    SaleTime opens = time("2026-06-12T10:00", "UTC");
    SaleEvent one = event("one", opens, time("2026-06-12T12:00", "UTC"), new Size(20, 0, null));
    SaleEvent two = event("two", time("2026-06-12T10:08", "UTC"), new Size(30, 0, null));
    SaleEvent far = event("far", time("2026-06-12T18:00", "UTC"), new Size(30, 0, null));
    assertThat(said(plan(planner(0), DAY_BEFORE, one, two, far)))
        .singleElement()
        .asString()
        .startsWith("overlaps with concert/two@2026-06-12: the larger number of pods is asked for");
  }

  @Test
  void aCrowdThatTheGatheringForAnotherEventWouldKeepOutIsNamed() {
    SaleEvent one = event("one", time("2026-06-12T10:00", "UTC"), new Size(20, 0, null));
    assertThat(gathering("2026-06-12T10:02", one))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("people gather for it from 2026-06-12 10:02:00 UTC")
                    .contains("who still wait for concert/one@2026-06-12"));
    assertThat(gathering("2026-06-12T10:20", one)).isEmpty();
    assertThat(gathering("2026-06-12T09:58", one)).noneMatch(said -> said.startsWith("people"));
  }

  /** What is said of an event of 18:00 for which people gather from this time on. */
  private static List<String> gathering(String from, SaleEvent other) {
    SaleEvent late =
        new SaleEvent(
            "concert",
            "late",
            new Times(time(from, "UTC"), time("2026-06-12T18:00", "UTC"), null),
            new Size(30, 0, null),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            10);
    return said(
        planner(0).unwatched(List.of(late, other), DAY_BEFORE).stream()
            .filter(plan -> plan.event().equals(late))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void aTimeThatClocksShowTwiceIsSaid() {
    SaleEvent sale = event("sale", time("2026-10-25T02:30", "Europe/Berlin"), new Size(3, 0, null));
    assertThat(said(plan(planner(0), DAY_BEFORE, sale)))
        .singleElement()
        .asString()
        .contains("twice; the first is meant");
  }

  @Test
  void ofAnEventThatIsLongOverNothingIsSaidButThat() {
    SaleEvent sale = sale(new Size(30, 0, null));
    SalePlan plan = plan(planner(20), sale.opensAtMillis() + 3_600_000, sale);
    assertThat(plan.phase()).isEqualTo(Phase.DONE);
    assertThat(said(plan)).singleElement().asString().startsWith("no later event is in the file");
    assertThat(plan.isReadyInTime()).isTrue();
    assertThat(plan).extracting(SalePlan::pods, SalePlan::podMinutes).containsExactly(0, 0L);
    SaleEvent next = event("next", time("2027-06-12T10:00", "UTC"), new Size(30, 0, null));
    long after = sale.opensAtMillis() + 3_600_000;
    assertThat(said(plan(planner(20), after, sale, next))).isEmpty();
  }

  @Test
  void fewerPodsThanPlannedMakePeopleWaitLonger() {
    SalePlanner planner = planner(0);
    SaleEvent sale = sale(new Size(0, 15_000, WITHIN));
    assertThat(planner.extraWaitSeconds(sale, 28, 28)).isZero();
    // Half of the pods let half as many in at a time: 15,000 need (15,000 / 2,520 - 1) sessions.
    assertThat(planner.extraWaitSeconds(sale, 28, 14)).isBetween(850.0, 950.0);
    assertThat(planner.extraWaitSeconds(sale, 28, 0)).isInfinite();
  }
}
