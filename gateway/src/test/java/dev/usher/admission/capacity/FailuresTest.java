package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission.Reason;
import org.junit.jupiter.api.Test;

/** How much of what fails is a reason to let in fewer. */
final class FailuresTest {
  private static final Tuning PROVEN = new Tuning(60_000, 1500, 0.1, 1, 1, 1, 0.4);

  private final Upstream shop = new Upstream();
  private final MeasuredCapacity proven = new MeasuredCapacity(Upstream.DECLARED, PROVEN);

  @Test
  void failedRequestsCut() {
    shop.warm(10);
    shop.sessions = 1700;
    shop.waiting = 100;
    shop.healthy(proven, 5);
    for (int i = 0; i < 10; i++) {
      shop.errors += 20;
      shop.settled += 100;
      shop.answered(100, 0.2);
      shop.step(proven);
    }
    assertThat(shop.step(proven).figures().correction()).isLessThan(0.95);
    assertThat(shop.step(proven).reason()).isEqualTo(Reason.ERRORS);
  }

  /** So long four of fifty fail. */
  private void failsALittle(int seconds) {
    for (int i = 0; i < 5 * seconds; i++) {
      shop.errors += 4;
      shop.settled += 50;
      shop.answered(46, 0.2);
      shop.step(proven);
    }
  }

  @Test
  void aFewThatFailInOneWindowMayBeChance() {
    shop.warm(10);
    shop.sessions = 1700;
    shop.waiting = 100;
    shop.healthy(proven, 5);
    failsALittle(1);
    shop.healthy(proven, 5);
    assertThat(shop.step(proven).figures().correction()).isEqualTo(1);
    failsALittle(6);
    assertThat(shop.step(proven).figures().correction()).isLessThan(0.95);
  }
}
