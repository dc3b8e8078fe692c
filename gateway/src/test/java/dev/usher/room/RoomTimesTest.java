package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Queue;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RoomTimesTest {
  @Property
  void noSessionEndsBeforeItsPassHasRunOut(@ForAll @LongRange(min = 1, max = 1L << 33) long ms) {
    Duration timeout = Duration.ofMillis(ms);
    // A pass issued at the very end of a window is counted for whole windows only.
    int whole = Queue.SESSION_WINDOWS - 1;
    assertThat(RoomTimes.sessionWindow(timeout).multipliedBy(whole))
        .isGreaterThanOrEqualTo(RoomTimes.passLife(timeout));
  }

  @Property
  void aVisitorWhoPollsAsToldIsSeenInEveryWindow(
      @ForAll @LongRange(min = 1, max = 1L << 33) long ms) {
    Duration pollMax = Duration.ofMillis(ms);
    assertThat(RoomTimes.presenceWindow(pollMax))
        .isGreaterThanOrEqualTo(RoomTimes.longestPoll(pollMax).multipliedBy(2))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aPassIsRenewedAtAnEighthOfTheTimeOutButNotWithinASecond() {
    assertThat(RoomTimes.renewal(Duration.ofSeconds(120))).isEqualTo(Duration.ofSeconds(15));
    assertThat(RoomTimes.renewal(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(RoomTimes.passLife(Duration.ofSeconds(120))).isEqualTo(Duration.ofSeconds(135));
  }
}
