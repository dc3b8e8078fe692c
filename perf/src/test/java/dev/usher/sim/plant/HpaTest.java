package dev.usher.sim.plant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HpaTest {
  // Rule zero: a row of the table: pods, ready ones, mean CPU of these, wanted from outside;
  // result.
  @ParameterizedTest
  @CsvSource({
    // Within 10 % of 70 %, nothing happens.
    "10, 10, 0.70, 0, 10",
    "10, 10, 0.76, 0, 10",
    "10, 10, 0.64, 0, 10",
    // Beyond it, pods x CPU / 70 %, rounded up.
    "10, 10, 0.80, 0, 12",
    "10, 10, 0.98, 0, 14",
    // At most four more, or twice as many.
    "2, 2, 1.0, 0, 3",
    "4, 4, 1.0, 40, 8",
    "10, 10, 1.0, 55, 20",
    "3, 3, 1.0, 60, 7",
    // Never more than the most.
    "40, 40, 1.0, 90, 60",
    // Those that still start count as idle, so that nobody wants them twice.
    "8, 4, 1.0, 0, 8",
    // Without a ready pod nothing is known.
    "4, 0, 0.0, 0, 4",
  })
  void thePodsFollowFromWhatIsSeen(int pods, int ready, double cpu, int external, int wanted) {
    Hpa hpa = new Hpa(2, 60, Hpa.Behaviour.DEFAULT);
    assertThat(hpa.step(100, new Hpa.Seen(pods, ready, cpu * ready, external))).isEqualTo(wanted);
  }

  @Test
  void podsGoOnlyWhenNobodyWantedThemForFiveMinutes() {
    Hpa hpa = new Hpa(2, 60, Hpa.Behaviour.DEFAULT);
    assertThat(hpa.step(0, new Hpa.Seen(10, 10, 7, 20))).isEqualTo(20);
    assertThat(hpa.step(15, new Hpa.Seen(20, 20, 1, 0))).isEqualTo(20);
    assertThat(hpa.step(300, new Hpa.Seen(20, 20, 1, 0))).isEqualTo(20);
    assertThat(hpa.step(316, new Hpa.Seen(20, 20, 1, 0))).isEqualTo(2);
  }

  @Test
  void asUsherAdvisesItGrowsAtOnceAndGivesUpATenthAMinute() {
    Hpa hpa = new Hpa(2, 30, Hpa.Behaviour.ADVISED);
    assertThat(hpa.step(0, new Hpa.Seen(2, 2, 1, 28))).isEqualTo(28);
    assertThat(hpa.step(15, new Hpa.Seen(28, 2, 1, 30))).as("within the tolerance").isEqualTo(28);
    assertThat(hpa.step(30, new Hpa.Seen(28, 2, 1, 31))).isEqualTo(30);
    assertThat(hpa.step(400, new Hpa.Seen(30, 30, 3, 5))).isEqualTo(27);
    assertThat(hpa.step(415, new Hpa.Seen(27, 27, 3, 5))).isEqualTo(27);
    assertThat(hpa.step(460, new Hpa.Seen(27, 27, 3, 5))).isEqualTo(24);
  }
}
