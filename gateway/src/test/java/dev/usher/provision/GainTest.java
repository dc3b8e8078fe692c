package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Figures.Advice;
import dev.usher.admission.Learnt;
import dev.usher.admission.Learnt.Cause;
import org.junit.jupiter.api.Test;

/** Growth stops where further pods add nothing, and only there. */
final class GainTest {
  private final Gain gain = new Gain(null);

  private static Learnt learnt(Cause cause, double k, double sinceCut) {
    return new Learnt("shop", k, 1, cause, true, sinceCut, 0.2, 0.1, 0.1, 3);
  }

  private void cut(int pods, double k) {
    gain.see(pods, pods, learnt(Cause.LATENCY, k, 0), Advice.NONE);
    gain.see(pods, pods, learnt(Cause.LATENCY, k, 10), Advice.NONE);
    gain.see(pods, pods, learnt(Cause.LATENCY, k, 59), Advice.NONE);
  }

  @Test
  void twiceAsManyPodsThatBearNoMoreAreTheLast() {
    cut(10, 0.8);
    assertThat(gain.limit()).isEqualTo(Integer.MAX_VALUE);
    cut(20, 0.7); // on the way down: not yet what is left in the end
    assertThat(gain.limit()).isEqualTo(Integer.MAX_VALUE);
    cut(20, 0.42);
    assertThat(gain.limit()).isEqualTo(20);
  }

  @Test
  void whatIsLeftAfterTheLastOfSeveralCutsCounts() {
    cut(10, 0.8);
    gain.see(20, 20, learnt(Cause.LATENCY, 0.7, 0), Advice.NONE);
    gain.see(20, 20, learnt(Cause.LATENCY, 0.55, 1), Advice.NONE);
    gain.see(20, 20, learnt(Cause.LATENCY, 0.42, 1), Advice.NONE);
    assertThat(gain.limit()).isEqualTo(20);
  }

  @Test
  void podsThatBearLessThanDeclaredStillAddTheirPart() {
    for (int pods = 10; pods < 100; pods *= 2) {
      cut(pods, 0.5);
      gain.see(pods, pods, learnt(Cause.LATENCY, 0.5, 61), Advice.NONE);
    }
    assertThat(gain.limit()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatIsSeenAtAsManyPodsSaysNothing() {
    cut(10, 0.8);
    cut(11, 0.6);
    cut(12, 0.5);
    assertThat(gain.limit()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aCautiousStartIsNoCut() {
    gain.see(2, 2, learnt(Cause.UNPROVEN, 0.5, 0), Advice.NONE);
    gain.see(20, 20, learnt(Cause.UNPROVEN, 0.05, 0), Advice.NONE);
    assertThat(gain.limit()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whereRequestsJamWithoutMoreAnswersItStopsAtOnce() {
    gain.see(12, 12, learnt(Cause.LATENCY, 0.7, 20), Advice.PODS_ADD_NO_CAPACITY);
    gain.see(14, 14, learnt(Cause.LATENCY, 0.7, 20), Advice.PODS_ADD_NO_CAPACITY);
    assertThat(gain.limit()).isEqualTo(12);
  }

  @Test
  void podsThatAreUnreadyMeanwhileDoNotLowerIt() {
    gain.see(12, 12, learnt(Cause.LATENCY, 0.7, 20), Advice.PODS_ADD_NO_CAPACITY);
    gain.see(3, 12, learnt(Cause.LATENCY, 0.7, 20), Advice.PODS_ADD_NO_CAPACITY);
    assertThat(gain.limit()).isEqualTo(12);
  }

  @Test
  void itIsTriedAgainTenMinutesAfterTheLastCutOrWhenAllIsWell() {
    gain.see(12, 12, learnt(Cause.LATENCY, 0.7, 20), Advice.PODS_ADD_NO_CAPACITY);
    gain.see(12, 12, learnt(Cause.LATENCY, 0.7, 599), Advice.NONE);
    assertThat(gain.limit()).isEqualTo(12);
    gain.see(12, 12, learnt(Cause.LATENCY, 0.7, 601), Advice.NONE);
    assertThat(gain.limit()).isEqualTo(Integer.MAX_VALUE);
    gain.see(12, 12, learnt(Cause.LATENCY, 0.7, 20), Advice.PODS_ADD_NO_CAPACITY);
    gain.see(12, 12, learnt(Cause.NONE, 1, 60), Advice.NONE);
    assertThat(gain.limit()).isEqualTo(Integer.MAX_VALUE);
  }
}
