package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StoreClockTest {
  private long machine = 1_000_000;
  private final StoreClock clock = new StoreClock(() -> machine);

  @Test
  void untilTheStoreHasSaidItsTimeTheMachinesIsTaken() {
    clock.hear(0);
    assertThat(clock.getAsLong()).isEqualTo(1_000_000);
  }

  @Test
  void aMachineThatIsAheadOrBehindTellsTheStoresTime() {
    clock.hear(970_000);
    machine += 200;
    assertThat(clock.getAsLong()).isEqualTo(970_200);
  }

  @Test
  void aSlowAnswerDoesNotSetTheClockBack() {
    clock.hear(970_000);
    machine += 1000;
    clock.hear(970_300); // said 700 ms ago
    assertThat(clock.getAsLong()).isEqualTo(971_000);
  }

  @Test
  void aStoreWhoseClockIsBehindIsFollowedWithinFiveSeconds() {
    clock.hear(1_000_000);
    for (int tick = 0; tick < 25; tick++) {
      machine += 200;
      clock.hear(machine - 30_000);
    }
    assertThat(clock.getAsLong()).isEqualTo(machine - 30_000);
  }
}
