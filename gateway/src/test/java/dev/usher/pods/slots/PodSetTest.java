package dev.usher.pods.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.house.Matrix;
import dev.usher.house.Wait;
import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.Slot;
import dev.usher.pods.Slot.Outcome;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who gets a slot on which pod, and which pods there are. */
class PodSetTest {
  private static final Pod A = new Pod("a", 80, false);
  private static final Pod B = new Pod("b", 80, false);
  private static final Duration HOLD = Duration.ofMillis(500);
  private static final ProbeFailure UNREADY = new ProbeFailure(true, "answered 503");
  private static final ProbeFailure REFUSED = new ProbeFailure(false, "refused");

  private final List<Runnable> deadlines = new ArrayList<>();
  private final List<PodChange> changes = new ArrayList<>();
  private final Random random = new Random(42);

  private PodSet set(int cap, int holdQueue, Pod... pods) {
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 3);
    var options =
        new UpstreamOptions(
            "shop", List.of(pods), new Declared(50, 0, cap, 0), Tuning.DEFAULT, holdQueue, probe);
    return new PodSet(
        new Roster(options, changes::add),
        options,
        (delay, task) -> {
          deadlines.add(task);
          return () -> deadlines.remove(task);
        },
        random::nextInt);
  }

  private static Slot taken(PodSet set) {
    Slot slot = set.take(null, null);
    if (slot == null) {
      throw new AssertionError("A slot must be free but none was");
    }
    return slot;
  }

  private static CompletableFuture<Slot> await(PodSet set) {
    return set.await(HOLD, null).toCompletableFuture();
  }

  @Test
  void nobodyIsSentToAPodBeforeItsFirstProbeSucceeded() {
    PodSet set = set(1, 10, A, B);
    assertThat(set.take(null, null)).isNull();
    set.roster().probed(A, null);
    assertThat(taken(set).pod()).isEqualTo(A);
    assertThat(set.take(null, null)).isNull();
    assertThat(set.roster().ready()).isEqualTo(1);
  }

  @Test
  void theLessBusyPodIsChosenAndTheAvoidedOneNever() {
    PodSet set = set(10, 10, A, B);
    set.roster().probed(A, null);
    set.roster().probed(B, null);
    for (int i = 0; i < 20; i++) {
      taken(set);
    }
    assertThat(set.roster().view()).allSatisfy(pod -> assertThat(pod.inFlight()).isEqualTo(10));
    PodSet other = set(10, 10, A, B);
    other.roster().probed(A, null);
    other.roster().probed(B, null);
    for (int i = 0; i < 10; i++) {
      Slot slot = other.take(null, A);
      assertThat(slot).isNotNull().extracting(Slot::pod).isEqualTo(B);
    }
    assertThat(other.take(null, A)).isNull();
  }

  @Test
  void threeFailuresInARowPutAPodOutAtOnceAndProbesBringItBack() {
    PodSet set = set(10, 10, A);
    set.roster().probed(A, null);
    taken(set).giveBack(Outcome.CONNECT_FAILED);
    taken(set).giveBack(Outcome.TIMED_OUT);
    taken(set).giveBack(Outcome.ANSWERED);
    taken(set).giveBack(Outcome.CONNECT_FAILED);
    taken(set).giveBack(Outcome.CANCELLED);
    taken(set).giveBack(Outcome.TIMED_OUT);
    assertThat(set.roster().ready()).isEqualTo(1);
    taken(set).giveBack(Outcome.CONNECT_FAILED);
    assertThat(set.roster().ready()).isZero();
    assertThat(set.roster().view().get(0).ejected()).isTrue();
    set.roster().probed(A, null);
    assertThat(set.roster().ready()).isZero();
    set.roster().probed(A, null);
    assertThat(set.roster().ready()).isEqualTo(1);
    assertThat(changes)
        .extracting(PodChange::kind)
        .containsExactly(PodChange.Kind.READY, PodChange.Kind.EJECTED, PodChange.Kind.READY);
  }

  @Test
  void aPodLeavesAfterAsManyFailedProbesAsConfigured() {
    PodSet set = set(10, 10, A);
    set.roster().probed(A, null);
    set.roster().probed(A, UNREADY);
    set.roster().probed(A, UNREADY);
    set.roster().probed(A, null);
    set.roster().probed(A, UNREADY);
    set.roster().probed(A, UNREADY);
    assertThat(set.roster().ready()).isEqualTo(1);
    set.roster().probed(A, REFUSED);
    assertThat(set.roster().ready()).isZero();
    assertThat(changes.get(1)).isEqualTo(new PodChange(A, PodChange.Kind.UNREADY, "refused"));
  }

  @Test
  void slotsGoToThoseWhoWaitInOrderOfAskingAndNoNewcomerOvertakesThem() {
    PodSet set = set(2, 10, A);
    set.roster().probed(A, null);
    Slot one = taken(set);
    Slot two = taken(set);
    var first = await(set);
    var second = await(set);
    one.giveBack(Outcome.ANSWERED);
    assertThat(first).isCompletedWithValueMatching(Objects::nonNull);
    assertThat(second).isNotDone();
    assertThat(set.take(null, null)).isNull();
    two.giveBack(Outcome.ANSWERED);
    assertThat(second).isCompletedWithValueMatching(Objects::nonNull);
    assertThat(set.holding()).isZero();
    assertThat(deadlines).isEmpty();
  }

  @Test
  void aPodThatBecomesReadyServesThoseWhoWait() {
    PodSet set = set(2, 10, A);
    var waiting = List.of(await(set), await(set), await(set));
    set.roster().probed(A, null);
    assertThat(waiting.get(0)).isDone();
    assertThat(waiting.get(1)).isDone();
    assertThat(waiting.get(2)).isNotDone();
  }

  @Test
  void whoWaitsTooLongGetsNothingAndTheNextInLineIsServed() {
    PodSet set = set(1, 10, A);
    set.roster().probed(A, null);
    Slot slot = taken(set);
    var late = await(set);
    var cancelled = await(set);
    var patient = await(set);
    deadlines.get(0).run();
    assertThat(late).isCompletedWithValueMatching(Objects::isNull);
    cancelled.cancel(false);
    slot.giveBack(Outcome.ANSWERED);
    assertThat(patient).isCompletedWithValueMatching(Objects::nonNull);
    assertThat(set.roster().inFlight()).isEqualTo(1);
  }

  @Test
  void theLineForSlotsIsBounded() {
    PodSet set = set(1, 2, A);
    var first = await(set);
    var second = await(set);
    assertThat(await(set)).isCompletedWithValueMatching(Objects::isNull);
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
  }

  @Test
  void givingBackTwiceIsHarmless() {
    PodSet set = set(1, 2, A);
    set.roster().probed(A, null);
    Slot slot = taken(set);
    slot.giveBack(Outcome.ANSWERED);
    slot.giveBack(Outcome.ANSWERED);
    assertThat(set.roster().inFlight()).isZero();
    taken(set);
    assertThat(set.take(null, null)).isNull();
  }

  @Test
  @Tag("matrix")
  void neitherTheCapIsPassedNorASlotLostNorAWaiterForgottenByManyThreads() throws Exception {
    PodSet set = set(1, 1000, A, B);
    set.roster().probed(A, null);
    set.roster().probed(B, null);
    AtomicInteger held = new AtomicInteger();
    AtomicBoolean tooMany = new AtomicBoolean();
    CountDownLatch done = new CountDownLatch(8);
    int turns = Matrix.hasAllSeeds() ? 20_000 : 4_000;
    for (int t = 0; t < 8; t++) {
      new Thread(
              () -> {
                for (int i = 0; i < turns; i++) {
                  Slot slot = set.take(null, null);
                  if (slot == null) {
                    // Nobody's time runs out here: who is forgotten hangs, and the test fails.
                    slot = set.await(HOLD, null).toCompletableFuture().join();
                  }
                  if (slot == null) {
                    continue;
                  }
                  if (held.incrementAndGet() > 2) {
                    tooMany.set(true);
                  }
                  Wait.pause(Duration.ofNanos(1)); // lets the others run into the cap
                  held.decrementAndGet();
                  slot.giveBack(Outcome.ANSWERED);
                }
                done.countDown();
              })
          .start();
    }
    assertThat(done.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(tooMany).isFalse();
    assertThat(set.roster().inFlight()).isZero();
    assertThat(set.holding()).isZero();
    assertThat(set.roster().view()).allSatisfy(pod -> assertThat(pod.inFlightMax()).isEqualTo(1));
  }
}
