package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.LiveState;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** How many pods a crowd needs. */
final class NeedsTest {
  private static final Strength POD = new Strength(200, 1, 1, 0);

  @Test
  void fifteenThousandWithinTenMinutesNeedTwentyEightPodsAndAllAtOnceEightyFour() {
    Demand crowd = new Demand(0, 15_000, 0);
    assertThat(Needs.ofLine(crowd, POD, 600, 300)).isEqualTo(28);
    assertThat(Needs.ofLine(crowd, POD, 0, 300)).isEqualTo(84);
  }

  @Test
  void whereNobodyIsInLineTheSessionsAloneNeedPods() {
    Demand crowd = new Demand(1800, 0, 0);
    assertThat(Needs.ofLine(crowd, POD, 300, 300)).isZero();
    assertThat(Needs.ofSessions(crowd, POD)).isEqualTo(10);
    assertThat(Needs.ofSessions(new Demand(0, 0, 0), POD)).isZero();
  }

  @Test
  void whoWouldWaitInARoomThatOnlyWatchesIsInsideAndCountsInLineOnce() {
    Demand watched = new Demand(3000, 0, 2000);
    Demand guarded = new Demand(1000, 2000, 0);
    assertThat(Needs.ofLine(watched, POD, 300, 300))
        .isEqualTo(Needs.ofLine(guarded, POD, 300, 300));
    assertThat(Needs.ofSessions(watched, POD)).isEqualTo(POD.toBear(3000));
    assertThat(Needs.throughSeconds(watched, 1000, 300))
        .isEqualTo(Needs.throughSeconds(guarded, 1000, 300));
  }

  @Test
  void aLineIsThroughAtOnceWhereItsPlacesAreFreeAndNeverWithoutCapacity() {
    assertThat(Needs.throughSeconds(new Demand(100, 900, 0), 1000, 300)).isZero();
    assertThat(Needs.throughSeconds(new Demand(100, 1900, 0), 1000, 300)).isEqualTo(300);
    assertThat(Needs.throughSeconds(new Demand(0, 1, 0), 0, 300)).isInfinite();
  }

  @Test
  void aRoomLimitedToSoManySessionsOrSoManyAMinuteNeedsPodsForSoMany() {
    LiveState limits = LiveState.unset("concert");
    LiveState sessions = limits.limited(400, LiveState.UNLIMITED);
    LiveState minute = limits.limited(LiveState.UNLIMITED, 60);
    for (long inside : new long[] {0, 150, 400}) {
      long few = Needs.allowed(15_000, inside, sessions, 600, 300);
      assertThat((inside + few) / (1 + 600 / 300.0)).isEqualTo(400);
    }
    // Sixty a minute of five minutes are 300 inside.
    long few = Needs.allowed(15_000, 300, minute, 600, 300);
    assertThat((300 + few) / (1 + 600 / 300.0)).isEqualTo(300);
    assertThat(Needs.allowed(15_000, 2000, sessions, 600, 300)).isZero();
    assertThat(Needs.allowed(15_000, 0, limits.limited(400, 0), 600, 300)).isZero();
    assertThat(Needs.allowed(70, 0, limits, 600, 300)).isEqualTo(70);
    assertThat(Needs.allowed(70, 0, sessions, 600, 300)).isEqualTo(70);
  }

  @Test
  void requestsOutsideSessionsTakeTheirPartOfThePods() {
    assertThat(new Strength(200, 1, 1, 0).toBear(1800)).isEqualTo(10);
    assertThat(new Strength(200, 1, 1, 360).toBear(1800)).isEqualTo(12);
  }

  @Property
  void theFewestPodsThatBearItAreFound(
      @ForAll @LongRange(min = 1, max = 1_000_000) long sessions,
      @ForAll @DoubleRange(min = 0.5, max = 1000) double ofOne,
      @ForAll @DoubleRange(min = 0.3, max = 1) double trust,
      @ForAll @IntRange(max = 5) int losses) {
    Strength pods = new Strength(ofOne, trust, losses, 0);
    int fewest = pods.toBear((double) sessions);
    assertThat(fewest).isBetween(1, Scaling.PODS_MOST);
    if (fewest < Scaling.PODS_MOST) {
      assertThat(pods.bears(fewest)).isGreaterThanOrEqualTo(sessions - 1e-6);
    }
    assertThat(pods.bears(fewest - 1)).isLessThan((double) sessions);
  }

  @Property
  void aLongerLineNeverNeedsFewerPods(
      @ForAll @LongRange(max = 100_000) long sessions,
      @ForAll @LongRange(min = 1, max = 100_000) long waiting,
      @ForAll @LongRange(max = 10_000) long more) {
    Demand one = new Demand(sessions, waiting, 0);
    Demand longer = new Demand(sessions, waiting + more, 0);
    assertThat(Needs.ofLine(longer, POD, 300, 300))
        .isGreaterThanOrEqualTo(Needs.ofLine(one, POD, 300, 300));
  }
}
