package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission;
import dev.usher.admission.Figures.Advice;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodSample.Done;
import dev.usher.admission.Warming;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which pods are to be looked at, when what is declared of all is right. */
final class DiagnosisTest {
  private static final Tuning PROVEN = new Tuning(60_000, 1500, 0.1, 1, 1, 1, 0.4);

  private final Upstream shop = new Upstream();
  private final MeasuredCapacity controller = new MeasuredCapacity(Upstream.DECLARED, PROVEN);

  /** So many seconds in which each pod answers 20 requests a second, and this one so. */
  private Admission serve(int seconds, int which, Done itself) {
    Admission last = Admission.NONE;
    for (int i = 0; i < seconds * 5; i++) {
      for (int pod = 0; pod < shop.pods.size(); pod++) {
        shop.does(pod, pod == which ? itself : new Done(4, 1, 0));
      }
      last = shop.step(controller);
    }
    return last;
  }

  @Test
  void oneOfEightThatFailsIsNamedAndNobodyIsToldToDeclareLess() {
    shop.warm(8);
    shop.sessions = 700; // half of what is allowed
    shop.waiting = 100;
    Admission after = serve(60, 5, new Done(2, 0, 2));
    assertThat(after.figures().advice()).isEqualTo(Advice.FEW_PODS_ARE_ILL);
    assertThat(after.figures().ill()).containsExactly("pod-5");
    after = serve(30, -1, Done.NOTHING);
    assertThat(after.figures().ill()).isEmpty();
    assertThat(after.figures().advice()).isNotEqualTo(Advice.FEW_PODS_ARE_ILL);
  }

  @Test
  void oneOfTwoThatIsSlowIsNamed() {
    shop.warm(2);
    Admission after = serve(20, 1, new Done(4, 4, 0));
    assertThat(after.figures().ill()).containsExactly("pod-1");
    assertThat(after.figures().advice()).isEqualTo(Advice.FEW_PODS_ARE_ILL);
  }

  @Test
  void whereAllAreSlowNoneIsToBlame() {
    shop.warm(1);
    shop.sessions = 60;
    shop.waiting = 100;
    Admission after = serve(60, 0, new Done(4, 4, 0));
    assertThat(after.figures().ill()).isEmpty();
    assertThat(after.figures().advice()).isEqualTo(Advice.DECLARED_TOO_HIGH);
  }

  @Test
  void aPodOfWhichLittleIsSeenOrThatIsAnotherNowIsNotJudged() {
    shop.warm(2);
    serve(20, 1, new Done(4, 4, 0));
    shop.pods.set(1, new PodSample("pod-1", 2, true, true, 0, 0));
    assertThat(serve(6, 1, Done.NOTHING).figures().ill()).isEmpty();
    assertThat(serve(25, 1, Done.NOTHING).figures().ill()).isEmpty();
  }

  @Test
  void whatAColdPodLacksIsToldWithTheTimeThatItTakes() {
    shop.warm(1);
    shop.pods(1, 0, 0);
    serve(10, 1, new Done(4, 1, 0)); // 20 answers a second of 1170 that show it is warm
    Warming warming = warming();
    assertThat(warming.aged()).isBetween(0.15, 0.18);
    assertThat(warming.worked()).isBetween(0.16, 0.18);
    assertThat(warming.evident()).isFalse();
    assertThat(warming.seconds()).isBetween(45.0, 55.0);
    shop.waiting = 10;
    shop.sessions = 130;
    serve(3, 1, new Done(4, 1, 0));
    Warming shown = warming();
    assertThat(shown.evident()).isTrue();
    assertThat(shown.seconds()).isLessThan(8);
  }

  private Warming warming() {
    return Objects.requireNonNull(shop.step(controller).pods().get(1).warming());
  }

  @Test
  void afterACutItIsToldHowLongItStays() {
    shop.warm(10);
    shop.sessions = 1700;
    shop.waiting = 100;
    shop.healthy(controller, 5);
    assertThat(shop.step(controller).figures().heldSeconds()).isZero();
    shop.serve(controller, 10, 0.9);
    double held = shop.step(controller).figures().heldSeconds();
    assertThat(held).isBetween(10.0, 15.0);
    assertThat(shop.healthy(controller, 5).figures().heldSeconds()).isLessThan(held);
  }
}
