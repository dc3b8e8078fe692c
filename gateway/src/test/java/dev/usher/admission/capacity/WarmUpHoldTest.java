package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodSample.Done;
import dev.usher.admission.PodSample.Life;
import dev.usher.admission.WarmUpCalls;
import org.junit.jupiter.api.Test;

/** Cold pods that join warm ones, where the operator has listed what they may be asked for. */
final class WarmUpHoldTest {
  private static final Tuning CALLING =
      new Tuning(60_000, 1500, 0.1, 1, 1, 1, 0.4).calling(0.3, 180_000);

  private final Upstream shop = new Upstream().warm(4);
  private final MeasuredCapacity controller = new MeasuredCapacity(Upstream.DECLARED, CALLING);

  /** One that became ready so long ago, and has answered so much to this replica's calls. */
  private static PodSample called(long age, long answers, boolean still) {
    WarmUpCalls calls = new WarmUpCalls(answers, still, false);
    return new PodSample("new", new Life(2, ""), true, age, new Done(answers, 0, 0), 0, 0, calls);
  }

  private Admission with(PodSample pod) {
    if (shop.pods.size() > 4) {
      shop.pods.remove(4);
    }
    shop.pods.add(pod);
    return shop.step(controller);
  }

  private static PodLimit last(Admission admission) {
    return admission.pods().get(admission.pods().size() - 1);
  }

  @Test
  void aColdPodGetsNoVisitorsAndIsCalledAtThreeTenthsOfItsRateUntilItIsWarm() {
    PodLimit begun = last(with(called(0, 0, false)));
    assertThat(begun.cap()).isZero();
    assertThat(begun.isHeld()).isTrue();
    assertThat(begun.calls()).isEqualTo(9);
    // 0.65 of what a warm pod answers in a minute: 1,170 of 30 a second.
    assertThat(last(with(called(40_000, 1169, true))).isHeld()).isTrue();
    PodLimit warm = last(with(called(40_000, 1170, true)));
    assertThat(warm.isHeld()).isFalse();
    assertThat(warm.calls()).isZero();
    assertThat(warm.warmth()).isEqualTo(1);
    assertThat(warm.cap()).isEqualTo(18);
  }

  @Test
  void aPodWhoseAnswersStillGetFasterIsHeldThoughItHasAnsweredEnough() {
    with(called(0, 0, false));
    PodLimit faster = last(with(called(100_000, 2000, false)));
    assertThat(faster.isHeld()).isTrue();
    assertThat(faster.calls()).isEqualTo(9);
    assertThat(last(with(called(100_200, 2002, true))).warmth()).isEqualTo(1);
  }

  @Test
  void aPodTakesVisitorsAsWarmAsItIsWhenItsTimeIsOver() {
    with(called(0, 0, false));
    PodLimit over = last(with(called(180_000, 117, false)));
    assertThat(over.calls()).isZero();
    assertThat(over.warmth()).isBetween(0.18, 0.2);
    assertThat(over.cap()).isPositive();
  }

  @Test
  void aPodOfWhichNoPathWorksIsWarmedByVisitors() {
    with(called(0, 0, false));
    WarmUpCalls none = new WarmUpCalls(0, false, true);
    PodLimit given =
        last(with(new PodSample("new", new Life(2, ""), true, 9_000, Done.NOTHING, 0, 0, none)));
    assertThat(given.calls()).isZero();
    assertThat(given.warmth()).isEqualTo(0.1);
  }

  @Test
  void itDoesNotCountAmongThePodsThatCarryVisitorsAndIsTheReasonWhyNoMoreComeIn() {
    shop.waiting = 5000;
    shop.sessions = 600;
    shop.claimed = 600;
    Admission held = with(called(0, 0, false));
    assertThat(held.capacity()).isEqualTo(600);
    assertThat(held.figures().readyPods()).isEqualTo(4);
    assertThat(held.reason()).isEqualTo(Admission.Reason.WARMING_UP);
    assertThat(with(called(40_000, 1170, true)).capacity()).isEqualTo(800);
  }

  @Test
  void whenItHasLeftItIsNoReasonAnyMore() {
    shop.waiting = 5000;
    shop.sessions = 600;
    shop.claimed = 600;
    assertThat(with(called(0, 0, false)).reason()).isEqualTo(Admission.Reason.WARMING_UP);
    shop.pods.remove(4);
    assertThat(shop.step(controller).reason()).isNotEqualTo(Admission.Reason.WARMING_UP);
  }

  @Test
  void whereNoOtherPodIsReadyItTakesVisitorsAsFarAsItIsWarmAndIsCalledAllTheSame() {
    shop.lose(4);
    Admission alone = with(called(0, 0, false));
    assertThat(last(alone).warmth()).isEqualTo(0.1);
    assertThat(last(alone).cap()).isEqualTo(2);
    assertThat(last(alone).isHeld()).isFalse();
    assertThat(last(alone).calls()).isEqualTo(9);
    assertThat(alone.capacity()).isPositive();
  }

  @Test
  void whereThoseInsideAreTooManyForTheOthersItServesThemToo() {
    shop.sessions = 590;
    assertThat(last(with(called(0, 0, false))).isHeld()).isTrue();
    shop.lose(1);
    // Three pods that carry 200 each, with nothing left for the loss of another.
    assertThat(last(with(called(1000, 9, false))).isHeld()).isTrue();
    shop.lose(2);
    assertThat(last(with(called(1200, 11, false))).cap()).isPositive();
  }

  @Test
  void aPodOfWhichTheLeaderSaysThatItIsHalfWarmIsNeverHeld() {
    with(called(0, 0, false));
    PodSample told =
        new PodSample("new", new Life(2, "@5"), true, 9_000, new Done(90, 0, 0), 0.17, 0);
    assertThat(last(with(told)).isHeld()).isFalse();
    assertThat(last(with(told)).cap()).isPositive();
  }

  @Test
  void answersToCallsAreNoEvidenceOfWhatAPodBears() {
    shop.waiting = 5000;
    shop.sessions = 800;
    shop.lose(4);
    Admission last = with(called(0, 0, false));
    for (int second = 1; second <= 20; second++) {
      for (int step = 0; step < 5; step++) {
        last = with(called(1000L * second, 9L * second, false));
      }
    }
    // 180 of the 1,170 answers: by age and work, and not by 1.33 a second.
    assertThat(last(last).warmth()).isBetween(0.2, 0.25);
  }
}
