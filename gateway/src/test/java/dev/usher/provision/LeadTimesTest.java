package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long pods take is measured at each growth, and remembered. */
final class LeadTimesTest {
  private static final long BEGIN = 1_800_000_000_000L;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final LeadTimes leads = new LeadTimes();

  /** At this second so many pods are needed, and so many are known, ready and warm. */
  private boolean see(int second, int needed, int... pods) {
    return leads.see(new LeadTimes.Seen(BEGIN + second * 1000L, needed, pods[0], pods[1], pods[2]));
  }

  @Test
  void oneGrowthIsMeasuredFromTheAskingToTheLastPod() {
    see(0, 2, 2, 2, 2);
    see(10, 30, 2, 2, 2);
    see(40, 30, 16, 2, 2);
    see(70, 30, 30, 16, 4);
    see(100, 30, 30, 29, 8); // 95 of 100 are enough
    assertThat(leads.all()).isEmpty();
    assertThat(see(150, 30, 30, 30, 29)).isTrue();
    assertThat(leads.all())
        .containsExactly(new LeadTimes.Growth(BEGIN + 10_000, 2, 30, 60_000, 90_000, 140_000));
    assertThat(leads.longest()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void podsThatNobodyAddsSayNothing() {
    see(0, 2, 2, 2, 2);
    see(1, 30, 2, 2, 2);
    assertThat(see(1802, 30, 2, 2, 2)).isFalse();
    assertThat(leads.all()).isEmpty();
  }

  @Test
  void whatWasReadyWhenFewerAreAskedForIsKept() {
    see(0, 10, 2, 2, 2);
    see(50, 10, 10, 10, 3);
    assertThat(see(60, 2, 10, 10, 4)).isTrue();
    assertThat(leads.all()).containsExactly(new LeadTimes.Growth(BEGIN, 2, 10, 50_000, 50_000, 0));
  }

  @Test
  void aCrowdThatComesBitByBitIsOneGrowth() {
    see(0, 10, 2, 2, 2);
    see(20, 30, 6, 2, 2);
    see(80, 30, 30, 30, 30);
    assertThat(leads.all())
        .containsExactly(new LeadTimes.Growth(BEGIN, 2, 30, 80_000, 80_000, 80_000));
  }

  @Test
  void aCrowdThatGrowsForTenMinutesSaysNotThatAPodTakesSoLong() {
    see(0, 2, 2, 2, 2);
    for (int second = 1; second < 700; second++) {
      int needed = Math.min(40, 10 + second / 20);
      // Each pod is there, ready and warm a minute after it was asked for.
      int there = second < 61 ? 2 : Math.min(40, 10 + (second - 60) / 20);
      see(second, needed, there, there, there);
    }
    assertThat(leads.all()).hasSize(1);
    assertThat(leads.all().get(0).to()).isEqualTo(40);
    assertThat(leads.longest()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(75));
  }

  @Test
  void onePodOfManyThatNeverComesSaysNothing() {
    see(0, 10, 2, 2, 2);
    see(60, 10, 10, 10, 10);
    for (int second = 100; second < 200; second++) {
      assertThat(see(second, 40, 39, 39, 39)).isFalse();
    }
    assertThat(leads.all()).hasSize(1);
  }

  @Test
  void ofAGrowthThatIsBrokenOffWhatCameIsKept() {
    see(0, 10, 2, 2, 2);
    see(30, 30, 6, 2, 2);
    see(50, 30, 10, 10, 3);
    assertThat(see(90, 10, 10, 10, 4)).isTrue();
    assertThat(leads.all()).containsExactly(new LeadTimes.Growth(BEGIN, 2, 10, 50_000, 50_000, 0));
  }

  @Test
  void onlyTheLastTenAreRemembered() {
    for (int i = 0; i < 12; i++) {
      see(100 * i, 10, 2, 2, 2);
      see(100 * i + 60 - i, 10, 10, 10, 10);
    }
    assertThat(leads.all()).hasSize(10);
    assertThat(leads.longest()).isEqualTo(Duration.ofSeconds(58));
  }

  @Test
  void theTimeToGrowIsThatOfAPodAndOfTheAutoscalersLooks() {
    // 2, 6, 12, 24, 48: four looks of a quarter of a minute
    assertThat(leads.toGrow(2, 30, MINUTE)).isEqualTo(Duration.ofMinutes(2));
    assertThat(leads.toGrow(28, 30, MINUTE)).isEqualTo(Duration.ofSeconds(75));
    assertThat(leads.toGrow(30, 30, MINUTE)).isZero();
    see(0, 10, 2, 2, 2);
    see(95, 10, 10, 10, 10);
    assertThat(leads.toGrow(28, 30, MINUTE)).isEqualTo(Duration.ofSeconds(110));
    assertThat(leads.toGrow(28, 30, Duration.ofMinutes(3))).isEqualTo(Duration.ofSeconds(195));
  }

  @Test
  void whatWasLearntIsWrittenDownAndRead() {
    see(0, 10, 2, 2, 2);
    see(95, 10, 10, 10, 10);
    see(100, 20, 10, 10, 10);
    see(150, 20, 20, 20, 20);
    assertThat(LeadTimes.parse(leads.text()).all()).isEqualTo(leads.all()).hasSize(2);
    assertThat(LeadTimes.parse("").all()).isEmpty();
    assertThat(LeadTimes.parse("of another version").all()).isEmpty();
  }
}
