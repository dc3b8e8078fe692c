package dev.usher.provision.floor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.provision.Desired;
import dev.usher.provision.Scaling;
import dev.usher.provision.Scaling.Floor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the floor follows is what the operator said. */
final class WantedTest {
  private static Wanted wanted(Floor floor, int schedule, long shortSeconds) {
    Scaling scaling = new Scaling(1, 50, Duration.ofMinutes(5), Duration.ofSeconds(60), floor);
    Desired desired =
        new Desired(
            31,
            28,
            new Desired.Terms(28, schedule, 11),
            Desired.Reason.QUEUE,
            99,
            new Desired.Pods(10, 12, shortSeconds),
            new Desired.Learnt(1, 300));
    return Wanted.of(scaling, desired);
  }

  @Test
  void allThatIsWantedIsWithoutWhatTheToleranceOfAnHpaAdds() {
    assertThat(wanted(Floor.DESIRED, 20, 0))
        .isEqualTo(new Wanted(28, 50, true, new Wanted.Plan(99, "queue")));
  }

  @Test
  void theScheduleAloneIsAsBigAsItSaysButNoMoreThanIsEverAskedFor() {
    assertThat(wanted(Floor.SCHEDULE, 20, 0).pods()).isEqualTo(20);
    assertThat(wanted(Floor.SCHEDULE, 70, 0).pods()).isEqualTo(50);
    assertThat(wanted(Floor.SCHEDULE, 0, 0).pods()).isEqualTo(0);
  }

  @Test
  void theSecondBeltBeginsWhenPodsAreAMinuteLate() {
    assertThat(wanted(Floor.FALLBACK, 0, 120).begins()).isFalse();
    assertThat(wanted(Floor.FALLBACK, 0, 121).begins()).isTrue();
  }

  @Test
  void switchedOffNothingIsWanted() {
    assertThat(wanted(Floor.OFF, 20, 500)).isEqualTo(Wanted.NOTHING);
  }
}
