package dev.usher.pods.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.pods.Pod;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.Slot;
import dev.usher.pods.Slot.Outcome;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which pods are put out for requests that get no answer in time. */
final class SilentPodsTest {
  private static final Pod A = new Pod("a", 80, false);
  private static final Pod B = new Pod("b", 80, false);
  private static final Pod C = new Pod("c", 80, false);
  private static final ProbeFailure SILENT = new ProbeFailure(true, "no answer in time");

  private static PodSet set(Pod... pods) {
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 3);
    var options =
        new UpstreamOptions(
            "shop", List.of(pods), new Declared(50, 0, 100, 0), Tuning.DEFAULT, 10, probe);
    PodSet set =
        new PodSet(
            new Roster(options, change -> {}), options, (delay, task) -> () -> {}, bound -> 0);
    for (Pod pod : pods) {
      set.roster().probed(pod, null);
    }
    return set;
  }

  /** So many requests on this pod, of as many on each. */
  private static List<Slot> on(PodSet set, Pod pod, int requests) {
    List<Slot> taken = new ArrayList<>();
    while (taken.size() < requests) {
      Slot slot = Objects.requireNonNull(set.take(null, null));
      if (slot.pod().equals(pod)) {
        taken.add(slot);
      }
    }
    return taken;
  }

  private static void silent(PodSet set, Pod pod) {
    on(set, pod, 3).forEach(slot -> slot.giveBack(Outcome.TIMED_OUT));
  }

  @Test
  void requestsThatNeverAnswerPutNoPodOutThatAnswersOthersMeanwhileHowever() {
    for (int status : new int[] {200, 404, 500}) {
      PodSet set = set(A);
      List<Slot> never = on(set, A, 9);
      on(set, A, 1).get(0).firstByte(1000, status, 0);
      never.forEach(slot -> slot.giveBack(Outcome.TIMED_OUT));
      assertThat(set.roster().ready()).as("after an answer %d", status).isEqualTo(1);
      silent(set, A);
      assertThat(set.roster().ready()).as("and nothing since").isZero();
    }
  }

  @Test
  void aStreamThatBeginsAndAProbeThatIsAnsweredAreSignsOfLifeToo() {
    PodSet set = set(A);
    List<Slot> never = on(set, A, 3);
    Slot stream = on(set, A, 1).get(0);
    stream.runsLong();
    stream.firstByte(1000, 200, 0);
    never.forEach(slot -> slot.giveBack(Outcome.TIMED_OUT));
    assertThat(set.roster().ready()).isEqualTo(1);
    never = on(set, A, 3);
    set.roster().probed(A, null);
    never.forEach(slot -> slot.giveBack(Outcome.TIMED_OUT));
    assertThat(set.roster().ready()).isEqualTo(1);
    never = on(set, A, 3);
    set.roster().probed(A, SILENT);
    never.forEach(slot -> slot.giveBack(Outcome.TIMED_OUT));
    assertThat(set.roster().ready()).isZero();
  }

  @Test
  void silenceAlonePutsOutNoMoreThanHalfOfThePods() {
    PodSet set = set(A, B, C);
    silent(set, A);
    assertThat(set.roster().ready()).isEqualTo(2);
    silent(set, B);
    silent(set, B);
    silent(set, C);
    assertThat(set.roster().ready()).isEqualTo(2);
  }

  @Test
  void aSilentPodWhoseProbesFailTooGoesOutHoweverManyAreOut() {
    PodSet set = set(A, B);
    silent(set, A);
    silent(set, B);
    assertThat(set.roster().ready()).isEqualTo(1);
    set.roster().probed(B, SILENT);
    on(set, B, 1).forEach(slot -> slot.giveBack(Outcome.TIMED_OUT));
    assertThat(set.roster().ready()).isZero();
  }
}
