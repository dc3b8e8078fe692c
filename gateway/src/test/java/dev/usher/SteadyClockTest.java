package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SteadyClockTest {
  @Test
  void itGoesOnFromTheStartHoweverTheMachinesClockIsSet() {
    long[] machine = {1_800_000_000_000L};
    long[] nanos = {-7};
    SteadyClock clock = new SteadyClock(() -> machine[0], () -> nanos[0]);
    assertThat(clock.getAsLong()).isEqualTo(1_800_000_000_000L);
    for (long set : new long[] {-70_000, 3_600_000}) {
      machine[0] += set;
      long before = clock.getAsLong();
      nanos[0] += 2_000_000_000L;
      assertThat(clock.getAsLong() - before).isEqualTo(2000);
    }
  }
}
