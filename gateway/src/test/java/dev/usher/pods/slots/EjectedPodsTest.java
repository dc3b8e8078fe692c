package dev.usher.pods.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.Slot;
import dev.usher.pods.Slot.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is put out for failed requests, and for how long. */
final class EjectedPodsTest extends PodPlay {
  @Test
  void aPodThatFailsHalfOfItsRequestsGoesOutAndComesBackWhenItsTimeIsOverAndItsProbeSucceeds() {
    PodSet set = set(A, B);
    answer(set, A, 30, 500);
    tick(set);
    assertThat(set.roster().view().get(0).ejected()).isTrue();
    assertThat(sample(set, A, 0).ready()).isFalse();
    assertThat(set.roster().view().get(0).ejectedForMillis()).isEqualTo(5000);
    set.roster().probed(A, null);
    assertThat(sample(set, A, 4999).ready()).isFalse();
    // Its time is over, but it was not ready when it was asked last.
    set.roster().probed(A, UNREADY);
    assertThat(sample(set, A, 1).ready()).isFalse();
    set.roster().probed(A, null);
    assertThat(sample(set, A, 0))
        .isEqualTo(
            new PodSample(
                "a:80", new PodSample.Life(1, ""), true, 5200, new PodSample.Done(0, 0, 30), 1, 0));
    assertThat(changes.get(2).kind()).isEqualTo(PodChange.Kind.EJECTED);
  }

  @Test
  void whoComesBackAtATickServesThoseWhoWaitAndGoesOutTwiceAsLongNextTime() {
    PodSet set = set(A, B);
    answer(set, A, 30, 500);
    tick(set);
    set.roster().probed(A, null);
    set.roster().limit(List.of(new PodLimit(B.toString(), 0, 0)));
    CompletableFuture<Slot> waiting = set.await(Duration.ofSeconds(9), null).toCompletableFuture();
    assertThat(waiting).isNotDone();
    now += 5000;
    set.roster().see(now);
    assertThat(waiting).isCompletedWithValueMatching(Objects::nonNull);
    answer(set, A, 30, 500);
    tick(set);
    set.roster().see(now);
    assertThat(set.roster().view().get(0).ejectedForMillis()).isEqualTo(10_000);
  }

  @Test
  void atMostHalfOfThePodsGoOutByErrorsAndTheRefusingMayAllGo() {
    PodSet set = set(A, B, C);
    for (Pod pod : List.of(A, B, C)) {
      answer(set, pod, 30, 500);
    }
    tick(set);
    assertThat(set.roster().ready()).isEqualTo(2);
    for (int i = 0; i < 20 && set.roster().ready() > 0; i++) {
      taken(set).giveBack(Outcome.CONNECT_FAILED);
    }
    assertThat(set.roster().ready()).isZero();
  }

  @Test
  void aFailingPodThatWasStartedAnewNeedNotWaitForItsTime() {
    PodSet set = set(A, B);
    answer(set, A, 30, 500);
    tick(set);
    set.roster().probed(A, REFUSED);
    assertThat(set.roster().view().get(0).ejectedForMillis()).isZero();
    set.roster().probed(A, null);
    assertThat(sample(set, A, 0)).isEqualTo(new PodSample("a:80", 2, true, false, 0, 0));
  }
}
