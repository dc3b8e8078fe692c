package dev.usher.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.Latencies;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.Traffic;
import dev.usher.admission.Tuning;
import dev.usher.room.Pod;
import dev.usher.room.RequestClass;
import dev.usher.room.Slot;
import dev.usher.room.Slot.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is seen of pods at a tick, what limits do, and who is put out for how long. */
class PodWatchTest {
  private static final Pod A = new Pod("a", 80, false);
  private static final Pod B = new Pod("b", 80, false);
  private static final Pod C = new Pod("c", 80, false);
  private static final ProbeFailure UNREADY = new ProbeFailure(true, "answered 503");
  private static final ProbeFailure REFUSED = new ProbeFailure(false, "refused");
  private static final long BEGIN = 1_800_000_000_000L;

  private final List<PodChange> changes = new ArrayList<>();
  private long now = BEGIN;

  private PodSet set(Pod... pods) {
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
    PodSet set =
        new PodSet(
            new UpstreamOptions(
                "shop", List.of(pods), new Declared(50, 0, 100, 0), Tuning.DEFAULT, 10, probe),
            (delay, task) -> () -> {},
            bound -> 0,
            changes::add);
    set.see(now);
    for (Pod pod : pods) {
      set.probed(pod, null);
    }
    set.see(now);
    return set;
  }

  private PodSample sample(PodSet set, Pod pod, long after) {
    now += after;
    return set.see(now).pods().stream()
        .filter(sample -> sample.pod().equals(pod.toString()))
        .findFirst()
        .orElseThrow();
  }

  private Traffic traffic(PodSet set) {
    return set.see(now).traffic();
  }

  private static Slot taken(PodSet set) {
    return Objects.requireNonNull(set.take(null), "A slot must be free");
  }

  /** So many requests to this pod among two or three, each answered with this status. */
  private static void answer(PodSet set, Pod pod, int requests, int status) {
    List<Slot> others = new ArrayList<>();
    int done = 0;
    while (done < requests) {
      Slot slot = taken(set);
      if (slot.pod().equals(pod)) {
        slot.firstByte(1000, status, 0);
        slot.giveBack(Outcome.ANSWERED);
        done++;
        others.forEach(other -> other.giveBack(Outcome.CANCELLED));
        others.clear();
      } else {
        others.add(slot);
      }
    }
    others.forEach(other -> other.giveBack(Outcome.CANCELLED));
  }

  private void tick(PodSet set) {
    now += 200;
    set.see(now);
  }

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
    assertThat(set.view().get(0).served()).isEqualTo(1);
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
    assertThat(set.inFlight()).isEqualTo(1);
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
    assertThat(set.ready()).isEqualTo(1);
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
    set.probed(A, UNREADY);
    assertThat(sample(set, A, 100)).isEqualTo(new PodSample("a:80", 1, false, false, 800, 0));
    set.probed(A, null);
    // It only said that it is not ready: it is the same process, as warm as before.
    assertThat(sample(set, A, 100)).isEqualTo(new PodSample("a:80", 1, true, false, 900, 0));
  }

  @Test
  void aPodThatRefusedConnectionsBeginsANewLifeWhenItIsReadyAgain() {
    PodSet set = set(A);
    answer(set, A, 5, 200);
    assertThat(sample(set, A, 700).served()).isEqualTo(5);
    set.probed(A, REFUSED);
    set.probed(A, UNREADY);
    set.probed(A, null);
    assertThat(sample(set, A, 100)).isEqualTo(new PodSample("a:80", 2, true, false, 0, 0));
    assertThat(sample(set, A, 100).age()).isEqualTo(100);
    for (int i = 0; i < 3; i++) {
      taken(set).giveBack(Outcome.CONNECT_FAILED);
    }
    assertThat(set.ready()).isZero();
    set.probed(A, null);
    assertThat(sample(set, A, 100).life()).isEqualTo(3);
  }

  @Test
  void silenceIsTheTimeSinceAnyProbeWasHeardOnceOneIsOverdue() {
    PodSet set = set(A);
    now += 1900;
    assertThat(set.see(now).silence()).isZero();
    now += 1100;
    assertThat(set.see(now).silence()).isEqualTo(3000);
    set.probed(A, REFUSED);
    assertThat(set.see(now + 1).silence()).isZero();
  }

  @Test
  void aCapOfZeroTakesAPodOutOfTheChoiceThoughItIsIdle() {
    PodSet set = set(A, B);
    set.limit(List.of(new PodLimit(A.toString(), 0, 0)));
    for (int i = 0; i < 100; i++) {
      assertThat(taken(set).pod()).isEqualTo(B);
    }
    assertThat(set.take(null)).isNull();
    set.limit(List.of(new PodLimit(A.toString(), 0.1, 1), new PodLimit("gone:80", 1, 9)));
    assertThat(taken(set).pod()).isEqualTo(A);
    assertThat(set.view().get(0).warmth()).isEqualTo(0.1);
  }

  @Test
  void aRaisedCapServesThoseWhoWait() {
    PodSet set = set(A);
    set.limit(List.of(new PodLimit(A.toString(), 0, 0)));
    CompletableFuture<Slot> one = set.await(Duration.ofSeconds(1)).toCompletableFuture();
    CompletableFuture<Slot> two = set.await(Duration.ofSeconds(1)).toCompletableFuture();
    set.limit(List.of(new PodLimit(A.toString(), 0.1, 1)));
    assertThat(one).isCompletedWithValueMatching(Objects::nonNull);
    assertThat(two).isNotDone();
  }

  @Test
  void aPodThatFailsHalfOfItsRequestsGoesOutAndComesBackWhenItsTimeIsOverAndItsProbeSucceeds() {
    PodSet set = set(A, B);
    answer(set, A, 30, 500);
    tick(set);
    assertThat(set.view().get(0).ejected()).isTrue();
    assertThat(sample(set, A, 0).ready()).isFalse();
    assertThat(set.view().get(0).ejectedForMillis()).isEqualTo(5000);
    set.probed(A, null);
    assertThat(sample(set, A, 4999).ready()).isFalse();
    // Its time is over, but it was not ready when it was asked last.
    set.probed(A, UNREADY);
    assertThat(sample(set, A, 1).ready()).isFalse();
    set.probed(A, null);
    assertThat(sample(set, A, 0)).isEqualTo(new PodSample("a:80", 1, true, false, 5200, 0));
    assertThat(changes.get(2).kind()).isEqualTo(PodChange.Kind.EJECTED);
  }

  @Test
  void whoComesBackAtATickServesThoseWhoWaitAndGoesOutTwiceAsLongNextTime() {
    PodSet set = set(A, B);
    answer(set, A, 30, 500);
    tick(set);
    set.probed(A, null);
    set.limit(List.of(new PodLimit(B.toString(), 0, 0)));
    CompletableFuture<Slot> waiting = set.await(Duration.ofSeconds(9)).toCompletableFuture();
    assertThat(waiting).isNotDone();
    now += 5000;
    set.see(now);
    assertThat(waiting).isCompletedWithValueMatching(Objects::nonNull);
    answer(set, A, 30, 500);
    tick(set);
    set.see(now);
    assertThat(set.view().get(0).ejectedForMillis()).isEqualTo(10_000);
  }

  @Test
  void atMostHalfOfThePodsGoOutByErrorsAndTheRefusingMayAllGo() {
    PodSet set = set(A, B, C);
    for (Pod pod : List.of(A, B, C)) {
      answer(set, pod, 30, 500);
    }
    tick(set);
    assertThat(set.ready()).isEqualTo(2);
    for (int i = 0; i < 20 && set.ready() > 0; i++) {
      taken(set).giveBack(Outcome.CONNECT_FAILED);
    }
    assertThat(set.ready()).isZero();
  }

  @Test
  void aFailingPodThatWasStartedAnewNeedNotWaitForItsTime() {
    PodSet set = set(A, B);
    answer(set, A, 30, 500);
    tick(set);
    set.probed(A, REFUSED);
    assertThat(set.view().get(0).ejectedForMillis()).isZero();
    set.probed(A, null);
    assertThat(sample(set, A, 0)).isEqualTo(new PodSample("a:80", 2, true, false, 0, 0));
  }
}
