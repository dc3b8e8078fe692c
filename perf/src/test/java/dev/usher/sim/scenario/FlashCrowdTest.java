package dev.usher.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story that Usher exists for, in small: a tenth of the crowd, a fifth of the pods. */
final class FlashCrowdTest {
  private static final FlashCrowd SMALL = new FlashCrowd(1500, 6, 40, 1, 900);

  private static Results run(FlashCrowd crowd, ScaleWay way, long seed) {
    return Run.of(crowd.by(way), way.gate(), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void withTheSignalAndWithTheScheduleEverybodyIsServedAndWithAnAutoscalerAloneHardlyAny(
      long seed) {
    Results alone = run(SMALL, ScaleWay.HPA, seed);
    assertThat(alone.of(Metric.CRASHES)).isPositive();
    Results signal = run(SMALL, ScaleWay.SIGNAL, seed);
    Results schedule = run(SMALL, ScaleWay.SCHEDULE, seed);
    for (Results each : new Results[] {signal, schedule}) {
      assertThat(each.of(Metric.SERVED_PERCENT)).isGreaterThanOrEqualTo(99);
      assertThat(each.of(Metric.SERVED)).isGreaterThanOrEqualTo(4 * alone.of(Metric.SERVED));
      assertThat(each.of(Metric.LOST)).isZero();
      assertThat(each.of(Metric.CRASHES)).isZero();
      assertThat(each.of(Metric.MOST_PODS)).isBetween(4.0, 6.0);
    }
    assertThat(schedule.of(Metric.ADMIT_ALL)).isLessThan(signal.of(Metric.ADMIT_ALL));
    assertThat(schedule.of(Metric.FIRST_ADMITTED)).isGreaterThanOrEqualTo(FlashCrowd.OPENS);
  }

  @Test
  void withTheProcessorsAutoscalerBehindUsherNobodyIsLostAndNoPodIsAskedFor() {
    Results usher = run(SMALL, ScaleWay.CPU, 1);
    assertThat(usher.of(Metric.LOST)).isZero();
    assertThat(usher.of(Metric.CRASHES)).isZero();
    assertThat(usher.of(Metric.MOST_PODS)).isEqualTo(2);
  }
}
