package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission;
import org.junit.jupiter.api.Test;

/** What pods have proven, and what is made of it when it is remembered. */
final class ProvenCapacityTest {
  private final Upstream shop = new Upstream().warm(10);
  private final MeasuredCapacity controller =
      new MeasuredCapacity(Upstream.DECLARED, Tuning.DEFAULT);

  /** Takes a step with as many sessions as are let in, of pods that answer in time. */
  private Admission full(int seconds) {
    Admission last = shop.step(controller);
    for (int i = 0; i < seconds; i++) {
      shop.sessions = last.capacity();
      last = shop.healthy(controller, 1);
    }
    return last;
  }

  @Test
  void podsThatWereProvenBeforeAreTrustedAtOnce() {
    shop.template = "a";
    shop.provenBefore = true;
    Admission first = shop.step(controller);
    assertThat(first.figures().correction()).isEqualTo(1);
    assertThat(first.capacity()).isEqualTo(1800);
    assertThat(first.figures().proven()).as("of these nothing was seen yet").isFalse();
  }

  @Test
  void whatIsRememberedLateLiftsAStartThatNothingHasTouched() {
    shop.template = "a";
    assertThat(full(3).figures().correction()).isLessThan(0.6);
    shop.provenBefore = true;
    assertThat(shop.step(controller).figures().correction()).isEqualTo(1);
  }

  @Test
  void whatMeasurementsHaveCutIsNotLifted() {
    shop.template = "a";
    shop.sessions = 800;
    shop.healthy(controller, 5);
    shop.sessions = 500;
    double cut = shop.serve(controller, 20, 1).figures().correction();
    assertThat(cut).isLessThan(0.5);
    shop.provenBefore = true;
    assertThat(shop.step(controller).figures().correction()).isEqualTo(cut);
  }

  @Test
  void aStartThatWasTooSlowIsNotLiftedThoughItCouldNotBeCut() {
    shop.template = "a";
    shop.sessions = 1700;
    shop.healthy(controller, 5);
    double before = shop.serve(controller, 10, 1).figures().correction();
    shop.provenBefore = true;
    assertThat(before).isLessThan(1);
    assertThat(shop.step(controller).figures().correction()).isEqualTo(before);
  }

  @Test
  void aFullHouseThatStaysHealthyForAMinuteProvesTheWholeAndNotTheHalf() {
    shop.template = "a";
    Admission begun = full(0);
    shop.sessions = (long) (0.85 * begun.capacity());
    Admission half = shop.healthy(controller, 90);
    assertThat(half.figures().correction()).isEqualTo(0.5);
    assertThat(half.figures().proven()).isFalse();
    assertThat(full(80).figures().proven()).isFalse();
    assertThat(full(30).figures().proven()).isTrue();
  }

  @Test
  void aProofIsOfOneVersionAndEndsWithTheNextCut() {
    shop.template = "a";
    assertThat(full(100).figures().proven()).isTrue();
    shop.template = null;
    assertThat(shop.step(controller).figures().proven()).isTrue();
    shop.template = "b";
    Admission rolled = shop.step(controller);
    assertThat(rolled.figures().proven()).isFalse();
    assertThat(rolled.figures().correction()).as("a rollout keeps it").isEqualTo(1);
    assertThat(full(65).figures().proven()).isTrue();
    assertThat(shop.serve(controller, 10, 1).figures().proven()).isFalse();
  }
}
