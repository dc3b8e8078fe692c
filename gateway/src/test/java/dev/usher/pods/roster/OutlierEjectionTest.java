package dev.usher.pods.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.pods.roster.OutlierEjection.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which pods are put out, and for how long. */
class OutlierEjectionTest {
  private final OutlierEjection ejection = new OutlierEjection();

  private static Standing ready(String pod, long requests, long errors) {
    return new Standing(pod, true, false, requests, errors);
  }

  private static Standing out(String pod) {
    return new Standing(pod, false, true, 0, 0);
  }

  @Test
  void threeFailuresInARowAreADeadPodAndTwoAreNot() {
    assertThat(OutlierEjection.isDead(2)).isFalse();
    assertThat(OutlierEjection.isDead(3)).isTrue();
  }

  @Test
  void aPodIsPutOutWhenHalfOfTwentyRequestsFailedWithinASecond() {
    ejection.judge(0, List.of(ready("a", 0, 0), ready("b", 0, 0)));
    assertThat(ejection.judge(200, List.of(ready("a", 19, 19), ready("b", 40, 19)))).isEmpty();
    assertThat(ejection.judge(400, List.of(ready("a", 20, 19), ready("b", 40, 20))))
        .containsExactly("a");
  }

  @Test
  void failuresOfLongerAgoThanASecondDoNotCount() {
    ejection.judge(0, List.of(ready("a", 0, 0), ready("b", 0, 0)));
    ejection.judge(200, List.of(ready("a", 15, 15), ready("b", 0, 0)));
    for (int now = 400; now <= 1200; now += 200) {
      ejection.judge(now, List.of(ready("a", 15, 15), ready("b", 0, 0)));
    }
    assertThat(ejection.judge(1400, List.of(ready("a", 30, 30), ready("b", 0, 0)))).isEmpty();
  }

  @Test
  void theWorstGoesFirstAndTheOnlyPodNever() {
    List<Standing> none = List.of(ready("a", 0, 0), ready("b", 0, 0), ready("c", 0, 0));
    ejection.judge(0, none);
    assertThat(
            ejection.judge(
                1000, List.of(ready("a", 100, 60), ready("b", 100, 90), ready("c", 100, 70))))
        .containsExactly("b");
    OutlierEjection alone = new OutlierEjection();
    alone.judge(0, List.of(ready("a", 0, 0)));
    assertThat(alone.judge(1000, List.of(ready("a", 100, 100)))).isEmpty();
  }

  @Test
  void whatFailedBeforeAPodWentOutDoesNotPutItOutOnceItIsBack() {
    ejection.judge(0, List.of(ready("a", 0, 0), ready("b", 0, 0)));
    ejection.judge(200, List.of(new Standing("a", false, true, 500, 500), ready("b", 0, 0)));
    assertThat(ejection.judge(400, List.of(ready("a", 510, 500), ready("b", 0, 0)))).isEmpty();
  }

  @Test
  void eachEjectionLastsTwiceAsLongAsTheLastUpToAMinute() {
    List<Long> lasted = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      lasted.add(ejection.putOut("a", 1000) - 1000);
    }
    assertThat(lasted).containsExactly(5000L, 10_000L, 20_000L, 40_000L, 60_000L, 60_000L, 60_000L);
    assertThat(ejection.putOut("b", 1000)).isEqualTo(6000);
  }

  @Test
  void aMinuteInHealthForgivesOneEjectionAndAMinuteOutForgivesNone() {
    ejection.judge(0, List.of(ready("a", 0, 0)));
    ejection.putOut("a", 0);
    ejection.putOut("a", 0);
    ejection.judge(600_000, List.of(out("a")));
    ejection.judge(660_000, List.of(ready("a", 0, 0)));
    assertThat(ejection.putOut("a", 700_000)).isEqualTo(710_000);
    ejection.judge(700_000, List.of(out("a")));
    ejection.judge(999_000, List.of(ready("a", 0, 0)));
    assertThat(ejection.putOut("a", 1_000_000)).isEqualTo(1_005_000);
  }

  @Property(tries = 500)
  void atLeastHalfOfThePodsKnownAsReadyStayHoweverTheyFail(
      @ForAll @IntRange(min = 1, max = 12) int pods,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 4095) Integer> failingAtSteps) {
    Set<Integer> putOut = new HashSet<>();
    long[] requests = new long[pods];
    long[] errors = new long[pods];
    int now = 0;
    for (int failing : failingAtSteps) {
      now += 200;
      List<Standing> standings = new ArrayList<>();
      for (int i = 0; i < pods; i++) {
        boolean in = !putOut.contains(i);
        requests[i] += in ? 50 : 0;
        errors[i] += in && (failing >> i & 1) == 1 ? 50 : 0;
        standings.add(new Standing("pod" + i, in, !in, requests[i], errors[i]));
      }
      for (String name : ejection.judge(now, standings)) {
        int pod = Integer.parseInt(name.substring(3));
        assertThat(putOut.add(pod)).as("was not out before").isTrue();
        ejection.putOut(name, now);
      }
      assertThat(2 * putOut.size()).isLessThanOrEqualTo(pods);
      if (now % 1000 == 0) {
        putOut.clear();
      }
    }
  }
}
