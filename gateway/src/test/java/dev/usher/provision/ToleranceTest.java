package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Said to an autoscaler that reckons as the one of Kubernetes does, the number is reached. */
final class ToleranceTest {
  private static final double TENTH = 0.1;

  /** An autoscaler on an external metric with a target of 1 in the mean of the pods. */
  private static int scaled(int said, int pods, double tolerance, int max) {
    double ratio = said / (double) pods;
    return Math.min(max, Math.abs(1.0 - ratio) <= tolerance ? pods : said);
  }

  /** Where it ends from this start. */
  private static int settled(int start, int wanted, double tolerance, int max) {
    int pods = start;
    for (int i = 0; i < 10; i++) {
      pods = scaled(Tolerance.said(wanted, pods), pods, tolerance, max);
    }
    return pods;
  }

  private static int most(int wanted) {
    return Math.max(wanted, (int) Math.floor(1.1 * (wanted - 1)) + 1);
  }

  private static int start(int wanted, double from) {
    int half = (wanted + 1) / 2;
    return half + (int) Math.round(from * (wanted - half));
  }

  @Property
  void fromHalfOfItAndMoreItEndsAtTheWantedNumberOrWhatTheToleranceForces(
      @ForAll @IntRange(min = 1, max = 5000) int wanted, @ForAll("parts") double from) {
    int end = settled(start(wanted, from), wanted, TENTH, Integer.MAX_VALUE);
    assertThat(end).isBetween(wanted, most(wanted));
  }

  @Property
  void withoutATolerantAutoscalerItEndsExactlyThere(
      @ForAll @IntRange(min = 1, max = 5000) int wanted, @ForAll("parts") double from) {
    assertThat(settled(start(wanted, from), wanted, 0, Integer.MAX_VALUE)).isEqualTo(wanted);
  }

  @Property
  void whereNoMoreMayBeMadeItEndsExactlyThere(
      @ForAll @IntRange(min = 1, max = 5000) int wanted, @ForAll("parts") double from) {
    assertThat(settled(start(wanted, from), wanted, TENTH, wanted)).isEqualTo(wanted);
  }

  @Property
  void fewerThanThereAreInTruthIsSeenAndStillItNeverEndsBelow(
      @ForAll @IntRange(min = 1, max = 5000) int wanted,
      @ForAll("parts") double from,
      @ForAll("parts") double hidden) {
    // Pods that were asked for a moment ago have no address yet.
    int pods = start(wanted, from);
    int seen = (int) Math.round(pods * hidden);
    int next = scaled(Tolerance.said(wanted, seen), pods, TENTH, Integer.MAX_VALUE);
    assertThat(settled(next, wanted, TENTH, Integer.MAX_VALUE)).isBetween(wanted, most(wanted));
  }

  @Provide
  Arbitrary<Double> parts() {
    return Arbitraries.doubles().between(0, 1);
  }

  @Test
  void thirtyAreReachedFromTwentyEight() {
    assertThat(scaled(30, 28, TENTH, 100)).isEqualTo(28); // what everybody else runs into
    assertThat(Tolerance.said(30, 28)).isEqualTo(31);
    assertThat(settled(28, 30, TENTH, 100)).isEqualTo(31);
  }

  @Test
  void whoHasEnoughIsToldWhatIsWanted() {
    assertThat(Tolerance.said(30, 30)).isEqualTo(30);
    assertThat(Tolerance.said(30, 45)).isEqualTo(30);
    assertThat(Tolerance.said(0, 3)).isZero();
    assertThat(Tolerance.said(3, 0)).isEqualTo(3);
  }
}
