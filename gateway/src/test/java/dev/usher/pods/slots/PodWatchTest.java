package dev.usher.pods.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Latencies;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.Traffic;
import dev.usher.pods.RequestClass;
import dev.usher.pods.Slot;
import dev.usher.pods.Slot.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is seen of pods at a tick, and what limits do. */
final class PodWatchTest extends PodPlay {
  @Test
  void requestsAreCountedByWhoseTheyAreAndLongOnesAreNot() {
    PodSet set = set(A);
    set.arrived(RequestClass.FIRST);
    set.arrived(RequestClass.FIRST);
    set.arrived(RequestClass.SETTLED);
    set.arrived(RequestClass.ROOMLESS);
    set.arrived(RequestClass.LONG);
    Traffic seen = traffic(set);
    assertThat(List.of(seen.first(), seen.settled(), seen.roomless())).containsExactly(2L, 1L, 1L);
  }

  @Test
  void anAnswerIsCountedOnceAtItsFirstByteWithTheTimeItTook() {
    PodSet set = set(A);
    Slot slot = taken(set);
    assertThat(traffic(set).inFlight()).isEqualTo(1);
    slot.firstByte(120_000, 200, 0);
    slot.firstByte(120_000, 200, 0);
    assertThat(traffic(set).inFlight()).isZero();
    slot.giveBack(Outcome.ANSWERED);
    long[] expected = new long[Latencies.BUCKETS];
    expected[Latencies.bucketOf(120_000)] = 1;
    assertThat(traffic(set).answers()).usingRecursiveComparison().isEqualTo(Latencies.of(expected));
    assertThat(traffic(set).errors()).isZero();
    assertThat(sample(set, A, 0).served()).isEqualTo(1);
    assertThat(set.roster().view().get(0).served()).isEqualTo(1);
  }

  @Test
  void serverErrorsAndTimeOutsAreErrorsAndRefusedOrBrokenConnectionsAreThePodsOwn() {
    PodSet set = set(A);
    Slot failing = taken(set);
    failing.firstByte(10, 503, 0);
    failing.giveBack(Outcome.ANSWERED);
    taken(set).giveBack(Outcome.TIMED_OUT);
    taken(set).giveBack(Outcome.BROKEN);
    taken(set).giveBack(Outcome.CONNECT_FAILED);
    taken(set).giveBack(Outcome.CANCELLED);
    Traffic seen = traffic(set);
    assertThat(seen.errors()).isEqualTo(2);
    // How fast it failed is not taken for how fast it works.
    assertThat(seen.answers().count()).isZero();
    assertThat(seen.inFlight()).isZero();
    assertThat(sample(set, A, 0).served()).isZero();
  }

  @Test
  void aLongRequestLeavesNoTraceInWhatIsMeasured() {
    PodSet set = set(A);
    Slot stream = taken(set);
    stream.runsLong();
    assertThat(traffic(set).inFlight()).isZero();
    assertThat(set.roster().inFlight()).isEqualTo(1);
    stream.firstByte(10, 500, 3);
    stream.giveBack(Outcome.TIMED_OUT);
    Traffic seen = traffic(set);
    assertThat(seen.answers().count()).isZero();
    assertThat(seen.errors()).isZero();
    assertThat(seen.saturation()).isZero();
  }

  @Test
  void streamsThatFallSilentPutNoPodOut() {
    PodSet set = set(A);
    for (int i = 0; i < 30; i++) {
      Slot stream = taken(set);
      stream.runsLong();
      stream.giveBack(Outcome.TIMED_OUT);
    }
    tick(set);
    assertThat(set.roster().ready()).isEqualTo(1);
  }

  @Test
  void theHighestSaturationOfTwoSecondsIsKept() {
    PodSet set = set(A);
    taken(set).firstByte(10, 200, 0.9);
    taken(set).firstByte(10, 200, 0.4);
    assertThat(traffic(set).saturation()).isEqualTo(0.9);
    now += 1000;
    taken(set).firstByte(10, 200, 0.5);
    assertThat(traffic(set).saturation()).isEqualTo(0.9);
    now += 1500;
    assertThat(traffic(set).saturation()).isEqualTo(0.5);
    now += 1500;
    assertThat(traffic(set).saturation()).isZero();
  }

  @Test
  void aPodsAgeRunsFromTheTickAtWhichItWasFirstSeenReady() {
    PodSet set = set(A);
    assertThat(sample(set, A, 700).age()).isEqualTo(700);
    set.roster().probed(A, UNREADY);
    assertThat(sample(set, A, 100)).isEqualTo(new PodSample("a:80", 1, false, true, 800, 0));
    set.roster().probed(A, null);
    // It only said that it is not ready: it is the same process, as warm as before.
    assertThat(sample(set, A, 100)).isEqualTo(new PodSample("a:80", 1, true, true, 900, 0));
  }

  @Test
  void aPodThatRefusedConnectionsBeginsANewLifeWhenItIsReadyAgain() {
    PodSet set = set(A);
    answer(set, A, 5, 200);
    assertThat(sample(set, A, 700).served()).isEqualTo(5);
    set.roster().probed(A, REFUSED);
    set.roster().probed(A, UNREADY);
    set.roster().probed(A, null);
    assertThat(sample(set, A, 100)).isEqualTo(new PodSample("a:80", 2, true, false, 0, 0));
    assertThat(sample(set, A, 100).age()).isEqualTo(100);
    for (int i = 0; i < 3; i++) {
      taken(set).giveBack(Outcome.CONNECT_FAILED);
    }
    assertThat(set.roster().ready()).isZero();
    set.roster().probed(A, null);
    assertThat(sample(set, A, 100).life().number()).isEqualTo(3);
  }

  @Test
  void silenceIsTheTimeSinceAnyProbeWasHeardOnceOneIsOverdue() {
    PodSet set = set(A);
    now += 1900;
    assertThat(set.roster().see(now).silence()).isZero();
    now += 1100;
    assertThat(set.roster().see(now).silence()).isEqualTo(3000);
    set.roster().probed(A, REFUSED);
    assertThat(set.roster().see(now + 1).silence()).isZero();
  }

  @Test
  void aCapOfZeroTakesAPodOutOfTheChoiceThoughItIsIdle() {
    PodSet set = set(A, B);
    set.roster().limit(List.of(new PodLimit(A.toString(), 0, 0)));
    for (int i = 0; i < 100; i++) {
      assertThat(taken(set).pod()).isEqualTo(B);
    }
    assertThat(set.take(null, null)).isNull();
    set.roster().limit(List.of(new PodLimit(A.toString(), 0.1, 1), new PodLimit("gone:80", 1, 9)));
    assertThat(taken(set).pod()).isEqualTo(A);
    assertThat(set.roster().view().get(0).warmth()).isEqualTo(0.1);
  }

  @Test
  void aRaisedCapServesThoseWhoWait() {
    PodSet set = set(A);
    set.roster().limit(List.of(new PodLimit(A.toString(), 0, 0)));
    CompletableFuture<Slot> one = set.await(Duration.ofSeconds(1), null).toCompletableFuture();
    CompletableFuture<Slot> two = set.await(Duration.ofSeconds(1), null).toCompletableFuture();
    set.roster().limit(List.of(new PodLimit(A.toString(), 0.1, 1)));
    assertThat(one).isCompletedWithValueMatching(Objects::nonNull);
    assertThat(two).isNotDone();
  }
}
