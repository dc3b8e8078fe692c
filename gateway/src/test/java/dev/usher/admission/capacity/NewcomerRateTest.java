package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many newcomers are paid for, and how much of that is kept. */
final class NewcomerRateTest {
  private static final NewcomerRate.Strength PODS = new NewcomerRate.Strength(1000, 100, 90);

  private final NewcomerRate pace = new NewcomerRate();
  private long now = 1_000_000;

  private void after(long millis, NewcomerRate.Need need, boolean careful) {
    now += millis;
    pace.fill(now, PODS, need, careful);
  }

  @Test
  void newcomersArePaidForOutOfTheRequestsThatAreSpare() {
    after(0, new NewcomerRate.Need(50, 4, 0), false);
    assertThat(pace.rate()).isEqualTo(10);
    assertThat(pace.tokens()).as("it begins full, of one second").isEqualTo(10);
    after(10_000, new NewcomerRate.Need(50, 4, 0), false);
    assertThat(pace.tokens()).as("nothing is saved up").isEqualTo(10);
  }

  @Test
  void whoLeavesMayBeFollowedThoughNothingIsSpare() {
    after(0, new NewcomerRate.Need(90, 4, 20), false);
    assertThat(pace.rate()).isEqualTo(21);
  }

  @Test
  void podsThatWereTooSlowGetNeitherThatNorAWholeSecondAtOnce() {
    after(0, new NewcomerRate.Need(50, 4, 20), true);
    assertThat(pace.rate()).isEqualTo(10);
    assertThat(pace.tokens()).isEqualTo(4);
  }
}
