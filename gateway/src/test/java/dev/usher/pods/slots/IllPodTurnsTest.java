package dev.usher.pods.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.Latencies;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic.Part;
import dev.usher.admission.capacity.Tuning;
import dev.usher.pods.Slot;
import dev.usher.pods.Slot.Outcome;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How an ill pod is asked, and what of the traffic is told of it. */
final class IllPodTurnsTest extends PodPlay {
  private final Random random = new Random(42);

  /** Of A, which fails fast, a tenth of what it would get; of B all. */
  private PodSet ill() {
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
    Declared declared = new Declared(50, 0, 10, 0);
    var options = new UpstreamOptions("shop", List.of(A, B), declared, Tuning.DEFAULT, 10, probe);
    PodSet set =
        new PodSet(
            new Roster(options, changes::add), options, (delay, task) -> () -> {}, random::nextInt);
    set.roster().probed(A, null);
    set.roster().probed(B, null);
    set.roster()
        .limit(
            List.of(
                new PodLimit(A.toString(), 1, 2, 2, 1000, 0.1, 9, null),
                new PodLimit(B.toString(), 1, 10, 10, 1000, 1, 0, null)));
    return set;
  }

  @Test
  void aPodThatIsIllPassesMostOfItsTurnsOnThoughItIsNeverBusy() {
    PodSet set = ill();
    int asked = 0;
    for (int i = 0; i < 1000; i++) {
      Slot slot = taken(set); // answered at once: both are always idle
      asked += slot.pod().equals(A) ? 1 : 0;
      slot.giveBack(Outcome.ANSWERED);
    }
    assertThat(asked).isBetween(20, 100);
  }

  @Test
  void whereNoOtherSlotIsFreeItIsAsked() {
    PodSet set = ill();
    for (int i = 0; i < 12; i++) {
      taken(set);
    }
    assertThat(set.take(null, null)).isNull();
    assertThat(set.roster().view().get(0).inFlight()).isEqualTo(2);
  }

  @Test
  void whatAPodAnsweredAndFailedIsItsPartOfTheTraffic() {
    PodSet set = set(A, B);
    answer(set, A, 3, 200);
    answer(set, B, 2, 500);
    Objects.requireNonNull(set.take(null, B)).giveBack(Outcome.TIMED_OUT);
    PodsSeen seen = set.roster().see(now);
    Part none = new Part(0, Latencies.NONE, 0);
    Part a = seen.parts().getOrDefault(A.toString(), none);
    Part b = seen.parts().getOrDefault(B.toString(), none);
    assertThat(seen.traffic().answers().count()).isEqualTo(3);
    assertThat(seen.traffic().errors()).isEqualTo(3);
    assertThat(a.answers().count()).isEqualTo(3);
    assertThat(a.errors()).isEqualTo(1);
    assertThat(b.answers().count()).isZero();
    assertThat(b.errors()).isEqualTo(2);
  }
}
