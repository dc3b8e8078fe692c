package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class PollingTest {
  private static final long MIN = 1000;
  private static final long MAX = 20_000;

  private final Polling polling = new Polling(Stage.POLICY);

  @Property
  void theTimeToldLiesBetweenTheShortestAndAQuarterMoreThanTheLongest(
      @ForAll @LongRange(min = 0) long ahead,
      @ForAll @DoubleRange(min = -10, max = 1e9) double pace,
      @ForAll long chance) {
    assertThat(polling.askAgainIn(ahead, pace, FreePlaces.UNKNOWN, chance))
        .isBetween(MIN, MAX + MAX / 4);
  }

  @Property
  void whoIsNearerToTheFrontNeverAsksLaterButForTheSpread(
      @ForAll @LongRange(min = 0, max = 1_000_000) long ahead,
      @ForAll @LongRange(min = 0, max = 1_000_000) long behind,
      @ForAll @DoubleRange(min = 0, max = 5000) double pace,
      @ForAll long chance) {
    long nearer = polling.askAgainIn(ahead, pace, FreePlaces.UNKNOWN, chance);
    long farther = polling.askAgainIn(ahead + behind, pace, FreePlaces.UNKNOWN, chance);
    assertThat(nearer).isLessThanOrEqualTo(farther * 5 / 4 + 1);
  }

  @Example
  void theNextInLineAsksWithinTwoSecondsAndWhoIsFarBackSeldom() {
    for (double pace : new double[] {0, 0.05, 1, 20, 1000}) {
      assertThat(polling.askAgainIn(0, pace, FreePlaces.UNKNOWN, 7)).isLessThanOrEqualTo(2000);
      assertThat(polling.askAgainIn(1_000_000, pace, FreePlaces.UNKNOWN, 7))
          .isGreaterThanOrEqualTo(MAX);
    }
  }

  @Example
  void whoIsFourPollsFromTheTurnIsToldAQuarterOfTheWay() {
    // 400 ahead at 20 a second: 20 s to go.
    assertThat(polling.askAgainIn(400, 20, FreePlaces.UNKNOWN, 1)).isBetween(5000L, 6250L);
  }

  @Example
  void thoseWhoCameTogetherAreSpreadOverTheWholeQuarter() {
    long[] slots = new long[10];
    LongStream.rangeClosed(1, 10_000)
        .map(
            number ->
                polling.askAgainIn(
                    1_000_000, 20, FreePlaces.UNKNOWN, number * 31 + 1_800_000_000_000L))
        .forEach(told -> slots[(int) ((told - MAX) * slots.length / (MAX / 4))]++);
    for (long slot : slots) {
      assertThat(slot).isBetween(800L, 1200L);
    }
  }

  @Test
  void whoGetsOneOfTheFreePlacesIsToldByTheRateAtWhichTheyAreFilled() {
    FreePlaces soon = new FreePlaces(500, 50, 100);
    // Nobody was called yet, so the pace so far says that it takes for ever.
    assertThat(polling.askAgainIn(400, 0.2, soon, 1)).isBetween(MIN, 1250L);
    assertThat(polling.askAgainIn(600, 0.2, soon, 1)).isGreaterThanOrEqualTo(MAX);
  }
}
