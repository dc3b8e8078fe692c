package dev.usher.pods.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.pods.Pod;
import dev.usher.pods.PodChange;
import dev.usher.pods.PodFact;
import dev.usher.pods.PodFact.Standing;
import dev.usher.pods.PodTraits;
import dev.usher.pods.Slot;
import dev.usher.pods.Slot.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Pods that somebody else watches: they come, go, and start anew while requests run. */
final class PodsThatComeAndGoTest extends PodPlay {
  private static final PodTraits NEAR = new PodTraits("n", "a", null, 0, true);

  private final PodSet set = set();

  private static PodFact fact(Pod pod, String life, Standing standing) {
    return new PodFact(pod, life, 0, standing, PodTraits.NONE);
  }

  private static PodFact ready(Pod pod) {
    return fact(pod, pod.host(), Standing.READY);
  }

  private static PodFact unready(Pod pod) {
    return fact(pod, pod.host(), Standing.UNREADY);
  }

  private void know(PodFact... facts) {
    set.roster().know(List.of(facts));
  }

  private void open(Pod... pods) {
    set.roster()
        .limit(Arrays.stream(pods).map(pod -> new PodLimit(pod.toString(), 1, 10)).toList());
  }

  @Test
  void nothingIsKnownBeforeSomebodySaysWhichPodsThereAre() {
    assertThat(set.roster().see(now).blind()).isTrue();
    assertThat(set.roster().age()).isEqualTo(PodsSeen.NEVER_HEARD);
    know();
    assertThat(set.roster().see(now).silence()).isZero();
  }

  @Test
  void aPodThatComesGetsNoRequestBeforeAStepHasGivenItSlots() {
    know(ready(A));
    assertThat(set.roster().ready()).isEqualTo(1);
    assertThat(set.take(null, null)).isNull();
    open(A);
    assertThat(set.take(null, null)).isNotNull();
  }

  @Test
  void aPodThatIsGoneGetsNoMoreRequestsAndItsOwnGoOnAndCount() {
    know(ready(A), ready(B));
    open(A, B);
    List<Slot> slots = new ArrayList<>(List.of(taken(set), taken(set)));
    slots.removeIf(slot -> slot.pod().equals(B));
    know(ready(B));
    assertThat(set.take(null, B)).isNull();
    assertThat(set.roster().load().inFlight()).containsEntry("a:80", slots.size());
    slots.forEach(slot -> slot.giveBack(Outcome.ANSWERED));
    assertThat(set.roster().load().inFlight()).doesNotContainKey("a:80");
    assertThat(changes.get(changes.size() - 1).kind()).isEqualTo(PodChange.Kind.GONE);
  }

  @Test
  void anotherPodAtTheSameAddressBeginsColdAndOwesNothing() {
    know(fact(A, "first", Standing.READY));
    open(A);
    answer(set, A, 3, 200);
    assertThat(sample(set, A, 5000).served()).isEqualTo(3);
    know(fact(A, "second", Standing.READY));
    assertThat(sample(set, A, 0))
        .isEqualTo(
            new PodSample(
                "a:80", new PodSample.Life(2, "second/0"), true, 0, PodSample.Done.NOTHING, 0, 0));
  }

  @Test
  void aContainerThatWasStartedAnewBeginsColdAndAnUnknownCountIsNoRestart() {
    know(new PodFact(A, "pod", -1, Standing.READY, PodTraits.NONE));
    know(new PodFact(A, "pod", 2, Standing.READY, PodTraits.NONE));
    assertThat(sample(set, A, 0).life().number()).isEqualTo(1);
    know(new PodFact(A, "pod", 3, Standing.READY, PodTraits.NONE));
    assertThat(sample(set, A, 0).life().number()).isEqualTo(2);
  }

  @Test
  void aPodThatIsMissingFromOneListAndInTheNextIsBackWithItsWarmthAndItsSlots() {
    know(ready(A), ready(B));
    open(A, B);
    answer(set, A, 5, 200);
    Slot running = taken(set);
    know();
    know(ready(A), ready(B));
    assertThat(sample(set, A, 300).life().number()).isEqualTo(1);
    assertThat(sample(set, A, 0).served()).isEqualTo(5);
    assertThat(set.take(null, B)).isNotNull();
    running.giveBack(Outcome.ANSWERED);
    assertThat(set.roster().inFlight()).isEqualTo(1);
    // After a while it is another story.
    know(ready(B));
    tick(set);
    now += 11_000;
    tick(set);
    know(ready(A), ready(B));
    assertThat(sample(set, A, 0).life().number()).isGreaterThan(1);
  }

  @Test
  void whoIsMissingForAMomentAndWasStartedAnewMeanwhileBeginsCold() {
    know(fact(A, "first", Standing.READY), ready(B));
    know(ready(B));
    know(fact(A, "second", Standing.READY), ready(B));
    assertThat(sample(set, A, 0).life().number()).isGreaterThan(1);
  }

  @Test
  void aPodThatBreaksEveryConnectionIsOutThoughItTakesThemAndNoneThatAnswersIs() {
    know(ready(A), ready(B));
    open(A, B);
    breaks(A, 4);
    answer(set, A, 1, 200);
    breaks(A, 4);
    assertThat(set.roster().ready()).isEqualTo(2);
    breaks(A, 1);
    assertThat(set.roster().ready()).isEqualTo(1);
    assertThat(set.roster().view().get(0).outWhy()).isEqualTo("every connection to it broke");
    // What one visitor asks for may break any pod: half of them stay.
    breaks(B, 9);
    assertThat(set.roster().ready()).isEqualTo(1);
    tick(set);
    set.roster().probed(A, null);
    assertThat(set.roster().ready()).isEqualTo(1);
    assertThat(sample(set, A, 6000).ready()).isTrue();
  }

  private void breaks(Pod pod, int times) {
    for (int i = 0; i < times; i++) {
      Slot slot = set.take(null, pod.equals(A) ? B : A);
      Objects.requireNonNull(slot).giveBack(Outcome.BROKEN);
    }
  }

  @Test
  void onePodThatWavesDoesNotBeginCold() {
    know(ready(A), ready(B));
    know(unready(A), ready(B));
    assertThat(sample(set, A, 0).ready()).isFalse();
    know(ready(A), ready(B));
    assertThat(sample(set, A, 300).life().number()).isEqualTo(1);
  }

  @Test
  void neitherKubernetesNorThisGatewayAloneLetsAPodIn() {
    know(ready(A), ready(B));
    open(A, B);
    set.roster().see(now);
    answer(set, A, 30, 500);
    tick(set);
    assertThat(set.roster().out()).containsExactly(A);
    know(unready(A), ready(B));
    know(ready(A), ready(B));
    assertThat(sample(set, A, 0).ready()).isFalse();
    set.roster().probed(A, null);
    assertThat(sample(set, A, 5000).ready()).isTrue();
    know(unready(A), ready(B));
    set.roster().probed(A, null);
    assertThat(sample(set, A, 0).ready()).isFalse();
  }

  @Test
  void aPodThatRefusedConnectionsAndIsTheSameDoesNotBeginCold() {
    know(ready(A));
    open(A);
    for (int i = 0; i < 3; i++) {
      taken(set).giveBack(Outcome.CONNECT_FAILED);
    }
    assertThat(set.roster().ready()).isZero();
    set.roster().probed(A, null);
    assertThat(sample(set, A, 0)).matches(PodSample::ready).returns(1, pod -> pod.life().number());
  }

  @Test
  void thatAllPodsAreUnreadyAtOnceIsNotBelievedForAWhileWhenTheyAnsweredAMomentAgo() {
    know(ready(A), ready(B));
    open(A, B);
    answer(set, A, 1, 200);
    tick(set);
    know(unready(A), unready(B));
    assertThat(set.roster().ready()).isEqualTo(2);
    assertThat(set.roster().see(now).doubted()).isTrue();
    now += 14_999;
    set.roster().see(now);
    assertThat(set.roster().ready()).isEqualTo(2);
    now += 1;
    assertThat(set.roster().see(now).doubted()).isFalse();
    assertThat(set.roster().ready()).isZero();
  }

  @Test
  void whoIsOnItsWayOutOrAnsweredNothingLatelyIsBelievedToBeUnready() {
    know(ready(A), ready(B));
    open(A, B);
    answer(set, A, 1, 200);
    tick(set);
    know(fact(A, "a", Standing.LEAVING), unready(B));
    assertThat(set.roster().ready()).isZero();
  }

  @Test
  void podsOfTheOwnZoneComeFirstWhileTheyAreNoMoreThanHalfFull() {
    know(new PodFact(A, "a", 0, Standing.READY, NEAR), ready(B));
    open(A, B);
    for (int i = 0; i < 5; i++) {
      assertThat(taken(set).pod()).isEqualTo(A);
    }
    // From here on the less busy of the two is chosen, whatever its zone.
    assertThat(taken(set).pod()).isEqualTo(B);
  }

  @Test
  void silenceIsReckonedFromTheLastWordNotFromTheLastChange() {
    know(ready(A));
    set.roster().see(now);
    now += 6000;
    set.roster().heard();
    assertThat(set.roster().see(now).silence()).isZero();
    now += 6000;
    assertThat(set.roster().see(now).silence()).isEqualTo(6000);
  }

  @Test
  void theVersionThatMostReadyPodsAreOfIsToldAndNoneWhereNoneIsKnown() {
    know(ready(A));
    assertThat(set.roster().see(now).template()).isNull();
    know(of("old", A, Standing.READY), of("new", B, Standing.UNREADY));
    assertThat(set.roster().see(now).template()).isEqualTo("old");
    know(of("old", A, Standing.READY), of("new", B, Standing.READY));
    assertThat(set.roster().see(now).template()).as("as many, and it came first").isEqualTo("old");
    know(of("old", A, Standing.READY), of("new", B, Standing.READY), of("new", C, Standing.READY));
    assertThat(set.roster().see(now).template()).isEqualTo("new");
  }

  private static PodFact of(String template, Pod pod, Standing standing) {
    PodTraits traits = new PodTraits(null, null, template, 0, false);
    return new PodFact(pod, pod.host(), 0, standing, traits);
  }
}
