package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.admission.Admission;
import dev.usher.admission.Declared;
import dev.usher.admission.Figures;
import org.junit.jupiter.api.Test;

/** What is declared changes while the pods are measured. */
final class DeclaredAnewTest {
  private static final Tuning PROVEN = new Tuning(60_000, 1500, 0.1, 1, 1, 1, 0.4);
  private static final Declared HALF_AS_MUCH_AGAIN = new Declared(300, 45, 27, 0.2);

  private final Upstream shop = new Upstream();

  @Test
  void whoDeclaresMoreLetsMoreInAtOnceAndTheCorrectionStays() {
    var controller = new MeasuredCapacity(Upstream.DECLARED, PROVEN);
    shop.warm(10);
    shop.sessions = 1800;
    shop.serve(controller, 20, 0.9); // more than four times as slow as declared: cut
    Figures before = shop.step(controller).figures();
    assertThat(before.correction()).isLessThan(1);

    controller.reconfigure(HALF_AS_MUCH_AGAIN, PROVEN);
    Admission after = shop.step(controller);
    assertThat(after.figures().correction()).isEqualTo(before.correction());
    assertThat(after.figures().baselineSeconds()).isEqualTo(before.baselineSeconds());
    assertThat(after.figures().requestsPerSession())
        .isCloseTo(before.requestsPerSession(), within(0.01));
    assertThat((double) after.capacity())
        .isCloseTo(10 * 300 * 0.9 * before.correction(), within(1.0));
  }

  @Test
  void aPodThatIsWarmStaysSoWhateverItsWarmUp() {
    var controller = new MeasuredCapacity(Upstream.DECLARED, PROVEN);
    shop.pods(1, 60_000, 1500);
    assertThat(shop.step(controller).figures().warmPods()).isEqualTo(1);
    controller.reconfigure(Upstream.DECLARED, new Tuning(600_000, 15_000, 0.1, 1, 1, 1, 0.4));
    assertThat(shop.step(controller).figures().warmPods()).isEqualTo(1);
  }

  @Test
  void untilAnythingIsProvenABolderStartCountsAtOnce() {
    var controller = new MeasuredCapacity(Upstream.DECLARED, Tuning.DEFAULT);
    shop.warm(30);
    assertThat(shop.step(controller).capacity()).isEqualTo(2700);
    controller.reconfigure(Upstream.DECLARED, PROVEN);
    assertThat(shop.step(controller).capacity()).isEqualTo(5400);
  }

  @Test
  void whatWasLearntBeyondTheDeclaredIsNotCountedTwiceOnceItIsDeclared() {
    Tuning learning = new Tuning(60_000, 1500, 0.1, 1, 1.25, 1, 0.4);
    var controller = new MeasuredCapacity(Upstream.DECLARED, learning);
    shop.warm(10);
    for (int i = 0; i < 200; i++) {
      shop.sessions = shop.healthy(controller, 1).capacity();
    }
    Admission before = shop.step(controller);
    double learned = before.figures().learned();
    assertThat(learned).isGreaterThan(1);

    Declared asLearnt = new Declared((int) Math.round(200 * learned), 30 * learned, 18, 0.2);
    controller.reconfigure(asLearnt, learning);
    Admission after = shop.step(controller);
    assertThat(after.figures().learned()).isCloseTo(1, within(0.01));
    assertThat((double) after.capacity()).isCloseTo((double) before.capacity(), within(20.0));
  }

  @Test
  void whoAllowsNoMoreThanTheDeclaredGetsNoMore() {
    Tuning learning = new Tuning(60_000, 1500, 0.1, 1, 1.25, 1, 0.4);
    var controller = new MeasuredCapacity(Upstream.DECLARED, learning);
    shop.warm(10);
    for (int i = 0; i < 200; i++) {
      shop.sessions = shop.healthy(controller, 1).capacity();
    }
    assertThat(shop.step(controller).capacity()).isGreaterThan(1800);
    controller.reconfigure(Upstream.DECLARED, PROVEN);
    assertThat(shop.step(controller).capacity()).isLessThanOrEqualTo(1800);
  }
}
