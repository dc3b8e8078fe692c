package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission;
import dev.usher.admission.Figures;
import dev.usher.admission.Learnt.Cause;
import dev.usher.admission.capacity.Tuning;
import dev.usher.provision.Desired.Reason;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How many pods an upstream should have, as its leader reckons. */
final class ReckoningTest {
  private final Shop shop = new Shop();

  @Test
  void aCrowdAsksForWhatLetsItInInTime() {
    shop.waiting = 15_000;
    Desired desired = shop.step();
    assertThat(desired.needed()).isEqualTo(28);
    assertThat(desired.desired()).isEqualTo(28);
    assertThat(desired.reason()).isEqualTo(Reason.QUEUE);
    assertThat(desired.terms()).isEqualTo(new Desired.Terms(28, 0, 0));
    assertThat(desired.pods()).isEqualTo(new Desired.Pods(4, 4, 0));
  }

  @Test
  void anIdleUpstreamIsAskedToHaveItsLeast() {
    shop.min = 3;
    assertThat(shop.step().desired()).isEqualTo(3);
    assertThat(shop.step().reason()).isEqualTo(Reason.MIN);
  }

  @Test
  void aSizeJustBelowIsSaidToBeSoMuchMoreThatAnAutoscalerTakesNotice() {
    shop.waiting = 15_000;
    shop.known = 27;
    assertThat(shop.step().desired()).isEqualTo(30);
    assertThat(shop.step().needed()).isEqualTo(28);
    shop.known = 30;
    assertThat(shop.step().desired()).isEqualTo(28);
  }

  @Test
  void whatIsNeverExceededIsNotExceededAndIsSaidToBeTheReason() {
    shop.waiting = 15_000;
    shop.max = 10;
    Desired desired = shop.step();
    assertThat(desired.needed()).isEqualTo(10);
    assertThat(desired.reason()).isEqualTo(Reason.MAX);
    assertThat(desired.heldBack()).as("a limit is no lack of gain").isZero();
    assertThat(desired.terms().queue()).isEqualTo(28);
  }

  @Test
  void aFullHouseKeepsItsPodsWhileTheLineGoesDown() {
    shop.ready = shop.known = 28;
    shop.capacity = shop.sessions = 5040;
    shop.waiting = 200;
    Desired desired = shop.step();
    assertThat(desired.needed()).isEqualTo(28);
    assertThat(desired.reason()).isEqualTo(Reason.SESSIONS);
  }

  @Test
  void whenPodsAreLostThoseThatTheSessionsNeedAreAskedForAgain() {
    shop.ready = shop.known = 18;
    shop.capacity = 3240;
    shop.sessions = 5040;
    assertThat(shop.step().desired()).isEqualTo(28);
  }

  @Test
  void noPodIsAskedForThatWouldComeWhenTheLineIsGone() {
    shop.ready = shop.known = 10;
    shop.capacity = shop.sessions = 1800;
    shop.waiting = 500; // through in 500 * 300 / 1800 = 83 s; a pod is of use after 60 + 30 s
    assertThat(shop.step().terms().queue()).isLessThanOrEqualTo(10);
    shop.waiting = 15_000;
    assertThat(shop.step().terms().queue()).isGreaterThan(10);
  }

  @Test
  void aRoomThatOnlyWatchesNeedsPodsForAllWhoAreInside() {
    shop.sessions = 3000;
    shop.wouldWait = 2280;
    Desired desired = shop.step();
    assertThat(desired.terms().sessions()).isEqualTo(17);
    assertThat(desired.terms().queue()).isBetween(1, 17);
    assertThat(desired.desired()).isEqualTo(17);
  }

  @Test
  void aCautiousStartAsksForNoMorePods() {
    shop.waiting = 15_000;
    shop.k = 0.5;
    shop.cause = Cause.UNPROVEN;
    assertThat(shop.after(120).needed()).isEqualTo(28);
  }

  @Test
  void podsThatWereMeasuredToBearHalfAreAskedForTwiceAsManyAfterAWhile() {
    shop.waiting = 15_000;
    shop.k = 0.5;
    shop.cause = Cause.LATENCY;
    assertThat(shop.after(5).needed()).isBetween(28, 31);
    assertThat(shop.after(300).needed()).isBetween(54, 57);
  }

  @Test
  void whatColdPodsBearIsNoMeasurement() {
    shop.waiting = 15_000;
    shop.k = 0.5;
    shop.cause = Cause.LATENCY;
    shop.warm = 0.3;
    assertThat(shop.after(300).needed()).isEqualTo(28);
  }

  @Test
  void growthStopsWhereMorePodsAddNoCapacity() {
    shop.waiting = 15_000;
    shop.ready = shop.known = 12;
    shop.k = 0.7;
    shop.cause = Cause.LATENCY;
    shop.sinceCut = 20;
    shop.advice = Figures.Advice.PODS_ADD_NO_CAPACITY;
    Desired desired = shop.step();
    assertThat(desired.desired()).isEqualTo(12);
    assertThat(desired.reason()).isEqualTo(Reason.PODS_ADD_NO_CAPACITY);
    assertThat(desired.heldBack()).isEqualTo(desired.terms().queue() - 12).isPositive();
    shop.scheduled = 20; // what an operator planned stands
    assertThat(shop.step().desired()).isEqualTo(20);
    assertThat(shop.step().reason()).isEqualTo(Reason.SCHEDULE);
    Desired planned = shop.step();
    assertThat(planned.heldBack()).isEqualTo(planned.terms().queue() - 20).isPositive();
    shop.scheduled = 0;
    shop.waiting = 500;
    assertThat(shop.step().heldBack()).isZero();
  }

  @Test
  void wherePodsAddNoCapacityThoseThatAreThereAreKept() {
    jam();
    assertThat(shop.after(5).desired()).isEqualTo(12);
    shop.ready = 3; // All of them jam, and some fail their probes.
    shop.step();
    shop.ready = 12;
    assertThat(shop.after(60).desired()).isEqualTo(12);
    shop.known = 16; // An operator adds some by hand.
    assertThat(shop.step().desired()).isEqualTo(16);
  }

  @Test
  void whoLeadsNextKnowsThatMoreWouldAddNothing() {
    jam();
    Desired before = shop.after(5);
    shop.advice = Figures.Advice.NONE;
    shop.begin(before);
    assertThat(shop.after(5).desired()).isEqualTo(12);
    shop.cause = Cause.NONE;
    assertThat(shop.step().desired()).isGreaterThan(12);
  }

  private void jam() {
    shop.ready = shop.known = 12;
    shop.sessions = 2000;
    shop.waiting = 5000;
    shop.k = 0.7;
    shop.cause = Cause.LATENCY;
    shop.sinceCut = 20;
    shop.advice = Figures.Advice.PODS_ADD_NO_CAPACITY;
  }

  @Test
  void measuredSessionsCountSlowlyAndRequestsOutsideThemTakeTheirPart() {
    shop.waiting = 15_000;
    shop.sessionSeconds = 100;
    assertThat(shop.step().needed()).isBetween(26, 28);
    assertThat(shop.after(600).needed()).isEqualTo(12);
    shop.roomless = 60; // the work of two pods, of which a tenth is left free
    assertThat(shop.after(600).needed()).isEqualTo(15);
  }

  @Test
  void whoLeadsNextGoesOnFromWhatWasLearnt() {
    shop.waiting = 15_000;
    shop.sessionSeconds = 100;
    shop.k = 0.5;
    shop.cause = Cause.LATENCY;
    Desired last = shop.after(900);
    shop.sessionSeconds = 0; // the new one has seen no session end
    shop.begin(Desired.parse(last.text()));
    assertThat(shop.step().needed()).isEqualTo(last.needed());
    shop.begin(null);
    assertThat(shop.step().needed()).isNotEqualTo(last.needed());
  }

  @Test
  void itIsToldForHowLongThereHaveBeenTooFewAndNoneCame() {
    shop.waiting = 15_000;
    shop.step();
    assertThat(shop.after(90).pods().shortSeconds()).isEqualTo(90);
    shop.known++;
    assertThat(shop.step().pods().shortSeconds()).isZero();
    assertThat(shop.after(20).pods().shortSeconds()).isEqualTo(20);
    shop.known--;
    assertThat(shop.after(5).pods().shortSeconds()).isEqualTo(25);
    shop.known = 28;
    assertThat(shop.step().pods().shortSeconds()).isZero();
  }

  @Test
  void beforeTheFirstStepNothingIsReckoned() {
    Scaling scaling = new Scaling(1, 0, Duration.ofMinutes(5), Duration.ofMinutes(1));
    Reckoning reckoning = new Reckoning(new Sizing(scaling, Shop.DECLARED, Tuning.DEFAULT), null);
    Demand nobody = new Demand(0, 0, 0);
    assertThat(reckoning.decide(new Reckoning.Seen(1, Admission.NONE, nobody, 0))).isNull();
  }

  @Test
  void whatIsWrittenDownIsReadAgain() {
    shop.waiting = 15_000;
    shop.until = 1_800_000_000_000L;
    Desired desired = shop.after(3);
    assertThat(Desired.parse(desired.text())).isEqualTo(desired);
    assertThat(Desired.parse("")).isNull();
    assertThat(Desired.parse(desired.text() + " 1")).isNull();
    assertThat(Desired.parse("2" + desired.text().substring(1))).isNull();
    assertThat(Desired.parse(desired.text().replace("queue", "else"))).isNull();
    assertThat(Objects.requireNonNull(Desired.parse(desired.text())).terms().queue()).isEqualTo(28);
  }
}
