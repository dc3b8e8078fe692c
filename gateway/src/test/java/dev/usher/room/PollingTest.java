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

  private static Polling.Outlook told(double pace) {
    return new Polling.Outlook(pace, FreePlaces.UNKNOWN, 0);
  }

  @Property
  void theTimeToldLiesBetweenTheShortestAndAQuarterMoreThanTheLongest(
      @ForAll @LongRange(min = 0) long ahead,
      @ForAll @DoubleRange(min = -10, max = 1e9) double pace,
      @ForAll long chance) {
    assertThat(polling.askAgainIn(ahead, told(pace), chance)).isBetween(MIN, MAX + MAX / 4);
  }

  @Property
  void whoIsNearerToTheFrontNeverAsksLaterButForTheSpread(
      @ForAll @LongRange(min = 0, max = 1_000_000) long ahead,
      @ForAll @LongRange(min = 0, max = 1_000_000) long behind,
      @ForAll @DoubleRange(min = 0, max = 5000) double pace,
      @ForAll long chance) {
    long nearer = polling.askAgainIn(ahead, told(pace), chance);
    long farther = polling.askAgainIn(ahead + behind, told(pace), chance);
    assertThat(nearer).isLessThanOrEqualTo(farther * 5 / 4 + 1);
  }

  @Example
  void theNextInLineAsksWithinTwoSecondsAndWhoIsFarBackSeldom() {
    for (double pace : new double[] {0, 0.05, 1, 20, 1000}) {
      assertThat(polling.askAgainIn(0, told(pace), 7)).isLessThanOrEqualTo(2000);
      assertThat(polling.askAgainIn(1_000_000, told(pace), 7)).isGreaterThanOrEqualTo(MAX);
    }
  }

  @Example
  void whoIsFourPollsFromTheTurnIsToldAQuarterOfTheWay() {
    // 400 ahead at 20 a second: 20 s to go.
    assertThat(polling.askAgainIn(400, told(20), 1)).isBetween(5000L, 6250L);
  }

  @Example
  void thoseWhoCameTogetherAreSpreadOverTheWholeQuarter() {
    long[] slots = new long[10];
    LongStream.rangeClosed(1, 10_000)
        .map(number -> polling.askAgainIn(1_000_000, told(20), number * 31 + 1_800_000_000_000L))
        .forEach(told -> slots[(int) ((told - MAX) * slots.length / (MAX / 4))]++);
    for (long slot : slots) {
      assertThat(slot).isBetween(800L, 1200L);
    }
  }

  @Test
  void whoGetsOneOfTheFreePlacesIsToldByTheRateAtWhichTheyAreFilled() {
    FreePlaces soon = new FreePlaces(500, 50, 100);
    // Nobody was called yet, so the pace so far says that it takes for ever.
    assertThat(polling.askAgainIn(400, new Polling.Outlook(0.2, soon, 0), 1)).isBetween(MIN, 1250L);
    assertThat(polling.askAgainIn(600, new Polling.Outlook(0.2, soon, 0), 1))
        .isGreaterThanOrEqualTo(MAX);
  }

  @Test
  void beforeAnOpeningTheFirstAskRightAfterItAndNotBefore() {
    FreePlaces free = new FreePlaces(500, 50, 100);
    for (long chance = 0; chance < 100; chance++) {
      assertThat(polling.askAgainIn(0, new Polling.Outlook(0, free, 8000), chance))
          .isBetween(9000L, 11_250L);
      assertThat(polling.askAgainIn(0, new Polling.Outlook(0, free, 3_600_000), chance))
          .isBetween(MAX, MAX + MAX / 4);
      assertThat(polling.askAgainIn(100_000, new Polling.Outlook(0, free, 8000), chance))
          .isBetween(MAX, MAX + MAX / 4);
    }
  }
}
