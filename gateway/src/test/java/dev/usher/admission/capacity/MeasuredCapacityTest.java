package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.admission.Admission;
import dev.usher.admission.Admission.Reason;
import dev.usher.admission.Declared;
import dev.usher.admission.Figures;
import dev.usher.admission.Observation;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.QueueCounts;
import dev.usher.admission.Warming;
import org.junit.jupiter.api.Test;

final class MeasuredCapacityTest {
  private static final Tuning PROVEN = new Tuning(60_000, 1500, 0.1, 1, 1, 1, 0.4);

  private final Upstream shop = new Upstream();
  private final MeasuredCapacity controller =
      new MeasuredCapacity(Upstream.DECLARED, Tuning.DEFAULT);
  private final MeasuredCapacity proven = new MeasuredCapacity(Upstream.DECLARED, PROVEN);

  @Test
  void withoutPodsNobodyComesIn() {
    shop.waiting = 10;
    assertThat(shop.step(controller).capacity()).isZero();
    assertThat(shop.step(controller).reason()).isEqualTo(Reason.NO_CAPACITY);
  }

  @Test
  void whatIsNotProvenIsTrustedByHalf() {
    shop.warm(30);
    assertThat(shop.step(controller).capacity()).isEqualTo(2700); // half of 0.9 of 30 * 200
    assertThat(shop.step(proven).capacity()).isEqualTo(5400);
  }

  @Test
  void aColdPodIsATenthOfAWarmOneAndRisesByAgeAndWorkTogether() {
    shop.pods(1, 0, 0);
    assertThat(shop.step(proven).capacity()).isEqualTo(18); // of 200, 1 / (1 / 0.5 + 1 / 0.1 - 1)
    shop.grow(60_000, 0);
    assertThat(shop.step(proven).capacity()).isEqualTo(18); // old, but it has done nothing
    shop.grow(0, 585); // half of 0.65 * 30 a second * 60 s
    assertThat(shop.step(proven).capacity()).isEqualTo(70);
    shop.grow(0, 585);
    assertThat(shop.step(proven).capacity()).isEqualTo(100);
  }

  @Test
  void aPodThatStoodIdleForLongIsHalfWarm() {
    shop.pods(1, 300_000, 0);
    assertThat(shop.step(proven).figures().warmPods()).isEqualTo(0.5);
  }

  @Test
  void aRestartedPodIsColdAgainAndABlinkOfReadinessIsNot() {
    shop.warm(2);
    shop.step(proven);
    shop.lose(1);
    assertThat(shop.step(proven).figures().warmPods()).isEqualTo(1);
    shop.pods.set(0, new PodSample("pod-0", 1, true, false, 0, 0));
    assertThat(shop.step(proven).figures().warmPods()).isEqualTo(2);
    shop.pods.set(0, new PodSample("pod-0", 2, true, false, 0, 0));
    assertThat(shop.step(proven).figures().warmPods()).isEqualTo(1.1);
  }

  @Test
  void aPodThatIsSaidToBearMoreThanTheOthersCountsForMoreAndMayHaveMoreInFlight() {
    shop.warm(2);
    assertThat(shop.step(proven).capacity()).isEqualTo(240); // 0.6 of 2 * 200
    shop.pods.set(0, new PodSample("pod-0", 1, true, false, 3_600_000, 100_000, 400));
    Admission stronger = shop.step(proven);
    assertThat(stronger.capacity()).isEqualTo(360); // 0.6 of 400 + 200
    assertThat(stronger.figures().warmPods()).isEqualTo(2);
    assertThat(stronger.pods()).extracting(PodLimit::cap).containsExactly(36, 18);
  }

  @Test
  void aPodThatIsDeclaredToBearOneRequestHasOneWarmOrCold() {
    MeasuredCapacity single = new MeasuredCapacity(new Declared(200, 30, 1, 0.2), Tuning.DEFAULT);
    shop.warm(1).pods(1, 0, 0);
    assertThat(shop.step(single).pods()).extracting(PodLimit::cap).containsExactly(1, 1);
  }

  @Test
  void whileItIsNotBelievedThatAllPodsAreGoneCapacityStaysAndNobodyComesIn() {
    shop.warm(10);
    shop.waiting = 100;
    assertThat(shop.step(proven).places()).isPositive();
    PodsSeen seen = shop.seen().seen();
    Admission doubted =
        proven.decide(
            new Observation(
                shop.now += 200,
                new PodsSeen(seen.pods(), seen.traffic(), 0, true),
                shop.seen().queue()));
    assertThat(doubted.capacity()).isEqualTo(1800);
    assertThat(doubted.places()).isZero();
    assertThat(doubted.reason()).isEqualTo(Admission.Reason.SIGNAL_STALE);
  }

  @Test
  void thePodsThatAreLeftCouldBearTheLossOfOneMore() {
    for (int pods = 3; pods < 20; pods++) {
      double headroom = Headroom.of(pods, 1);
      assertThat(headroom * pods / (pods - 1)).isLessThanOrEqualTo(1.0 + 1e-9);
    }
    assertThat(Headroom.of(0, 1)).isZero();
    assertThat(Headroom.of(1, 1)).isEqualTo(0.5);
    assertThat(Headroom.of(2, 1)).isEqualTo(0.6);
    assertThat(Headroom.of(100, 1)).isEqualTo(0.9);
    assertThat(Headroom.of(2, 0)).isEqualTo(0.9);
  }

  @Test
  void lostPodsTakeTheirCapacityWithThemAtOnceAndNobodyIsCalled() {
    shop.warm(10);
    shop.sessions = 1800;
    shop.waiting = 500;
    shop.healthy(proven, 5);
    shop.lose(2);
    Admission after = shop.step(proven);
    assertThat(after.capacity()).isEqualTo(1400); // 8 * 200 * (1 - 1/8)
    assertThat(after.reason()).isEqualTo(Reason.PODS_LOST);
  }

  @Test
  void aCrowdIsLetInNoFasterThanItsFirstRequestsArePaidFor() {
    shop.warm(30);
    shop.waiting = 15_000;
    come(5);
    int second = come(5);
    // 0.9 of 30 pods at 30 requests a second, at 5 requests each.
    assertThat(second).isCloseTo(162, within(2));
    assertThat(shop.step(proven).reason()).isEqualTo(Reason.RATE);
  }

  /** Uses all places of so many steps. */
  private int come(int steps) {
    int all = 0;
    for (int i = 0; i < steps; i++) {
      int places = shop.step(proven).places();
      shop.called += places;
      shop.offers += places;
      all += places;
    }
    return all;
  }

  @Test
  void bypassedRequestsAreTakenOffWhatSessionsMayUse() {
    shop.warm(10);
    shop.step(proven);
    long without = shop.step(proven).capacity();
    for (int i = 0; i < 50; i++) {
      shop.roomless += 27; // 135 a second of the 270 that may be used
      shop.answered(27, 0.1);
      shop.step(proven);
    }
    assertThat(shop.step(proven).capacity()).isCloseTo(without / 2, within(70L));
  }

  @Test
  void slowAnswersCutAndFastOnesRaiseButNeverBeyondWhatIsDeclared() {
    shop.warm(10);
    shop.sessions = 1700;
    shop.waiting = 1000;
    shop.healthy(proven, 10);
    Admission slow = shop.serve(proven, 10, 0.9);
    assertThat(slow.figures().correction()).isLessThan(0.97);
    assertThat(slow.reason()).isEqualTo(Reason.LATENCY);
    Admission again = shop.healthy(proven, 100);
    assertThat(again.figures().correction()).isEqualTo(1);
    assertThat(again.capacity()).isEqualTo(1800);
  }

  @Test
  void sessionsAlreadyInsideAreNotCutBelow() {
    shop.warm(10);
    shop.sessions = 1800;
    shop.waiting = 1000;
    Admission slow = shop.serve(proven, 60, 5);
    assertThat(slow.figures().correction()).isCloseTo(0.9, within(0.001));
    shop.sessions = 900;
    assertThat(shop.serve(proven, 60, 5).figures().correction()).isCloseTo(0.45, within(0.01));
  }

  @Test
  void aFewSlowAnswersAreNoise() {
    shop.warm(10);
    shop.sessions = 5;
    shop.waiting = 10;
    for (int i = 0; i < 500; i++) {
      if (i % 20 == 0) {
        shop.settled++;
        shop.answered(1, 3);
      }
      shop.step(proven);
    }
    assertThat(shop.step(proven).figures().correction()).isEqualTo(1);
  }

  @Test
  void aPodThatSaysItIsFullIsBelieved() {
    shop.warm(10);
    shop.sessions = 1700;
    shop.healthy(proven, 5);
    shop.saturation = 1;
    assertThat(shop.healthy(proven, 10).figures().correction()).isLessThan(0.97);
  }

  @Test
  void itLearnsThatTooLittleWasDeclaredOnlyWhereThatIsWanted() {
    var learning =
        new MeasuredCapacity(Upstream.DECLARED, new Tuning(60_000, 1500, 0.1, 0.5, 1.25, 1, 0.4));
    shop.warm(10);
    shop.waiting = 10_000;
    for (int i = 0; i < 600; i++) {
      shop.sessions = shop.healthy(learning, 1).capacity();
    }
    Admission after = shop.step(learning);
    assertThat(after.figures().learned()).isGreaterThan(2);
    assertThat(after.figures().advice()).isEqualTo(Figures.Advice.DECLARED_TOO_LOW);

    for (int i = 0; i < 200; i++) {
      shop.sessions = shop.healthy(controller, 1).capacity();
    }
    after = shop.step(controller);
    assertThat(after.capacity()).isEqualTo(1800);
    assertThat(after.figures().advice()).isEqualTo(Figures.Advice.DECLARED_TOO_LOW);
  }

  @Test
  void whoDeclaresOnlyARateGetsTheSessionsThatFollow() {
    var rated = new MeasuredCapacity(new Declared(0, 30, 0, 0.2), PROVEN);
    shop.warm(10);
    shop.sessions = 500;
    shop.healthy(rated, 60);
    // 30 a second, 0.15 a second each: 200 sessions on each pod, 0.9 of them used.
    assertThat(shop.healthy(rated, 1).capacity()).isCloseTo(1800, within(40L));
    assertThat(shop.step(rated).pods().get(0).cap()).isBetween(18, 19);
  }

  @Test
  void aReplicaThatSeesHalfOfTheTrafficReckonsWithAllOfIt() {
    shop.warm(10);
    shop.sessions = 1000;
    Figures figures = Figures.NONE;
    for (int i = 0; i < 300; i++) {
      shop.atOnce += 4;
      shop.settled += 15; // half of what 1000 sessions ask
      shop.answered(15, 0.2);
      Observation whole = shop.seen();
      QueueCounts q = whole.queue();
      QueueCounts half = new QueueCounts(q.sessions(), 0, 0, 0, 0, q.atOnce(), 0, 0, false, true);
      PodsSeen told = whole.seen().withMore(shop.pods, 0.5);
      shop.now += 200;
      figures = proven.decide(new Observation(shop.now, told, half)).figures();
    }
    assertThat(figures.share()).isCloseTo(0.5, within(0.01));
    assertThat(figures.requestsPerSession()).isCloseTo(0.15, within(0.02));
    assertThat(figures.load()).isCloseTo(150, within(5.0));
  }

  @Test
  void pausedRoomsSaySo() {
    shop.warm(3);
    shop.waiting = 4;
    shop.paused = true;
    assertThat(shop.step(proven).reason()).isEqualTo(Reason.PAUSED);
  }

  @Test
  void aPodThatIsOutGetsNothingAndAColdOneAtLeastTwo() {
    shop.pods(1, 0, 0).warm(1);
    shop.pods(1, 0, 0).lose(1);
    assertThat(shop.step(proven).pods())
        .containsExactly(
            new PodLimit("pod-0", 0, 0, 0, 300_000, 1, 0, null),
            new PodLimit("pod-1", 1, 18, 18, 300_000, 1, 0, null),
            new PodLimit("pod-2", 0.1, 2, 2, 300_000, 1, 0, new Warming(0, 0, false, Double.NaN)));
  }
}
