package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.admission.Admission;
import dev.usher.admission.Admission.Reason;
import dev.usher.admission.Figures;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample.Done;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What an ill pod costs: its own part, and not the house's. */
final class IllPodsTest {
  private static final Tuning PROVEN = new Tuning(60_000, 1500, 0.1, 1, 1, 1, 0.4);
  private static final Done WELL = new Done(4, 1, 0);
  private static final Done HALF_FAILS = new Done(2, 0, 2);
  private static final Done ALL_LATE = new Done(4, 4, 0);

  private final Upstream shop = new Upstream();
  private final MeasuredCapacity controller = new MeasuredCapacity(Upstream.DECLARED, PROVEN);
  private final Random chance = new Random(1);
  private double leastCorrection = 1;

  /** A house of so many warm pods, three quarters full, that people wait for. */
  private void open(int pods) {
    shop.warm(pods);
    shop.waiting = 1000;
    shop.sessions = Math.round(0.75 * shop.step(controller).capacity());
  }

  /** So many seconds in which each pod answers 20 requests a second, each in its way. */
  private Admission serve(int seconds, IntFunction<Done> how) {
    Admission last = Admission.NONE;
    for (int i = 0; i < seconds * 5; i++) {
      for (int pod = 0; pod < shop.pods.size(); pod++) {
        shop.does(pod, how.apply(pod));
      }
      last = shop.step(controller);
      leastCorrection = Math.min(leastCorrection, last.figures().correction());
    }
    return last;
  }

  private Admission serve(int seconds, int which, Done itself) {
    return serve(seconds, pod -> pod == which ? itself : WELL);
  }

  @Test
  void oneOfThreeThatFailsCostsItsOwnPartAndComesBackWhenItIsWell() {
    open(3);
    long before = serve(10, -1, WELL).capacity();
    Admission ill = serve(60, 1, HALF_FAILS);
    assertThat(leastCorrection).isEqualTo(1);
    assertThat(ill.capacity()).isCloseTo(Math.round(before * 2.1 / 3), within(2L));
    assertThat(ill.pods()).extracting(PodLimit::cap).containsExactly(18, 2, 18);
    assertThat(ill.pods()).extracting(PodLimit::trust).containsExactly(1.0, 0.1, 1.0);
    assertThat(ill.reason()).isNotEqualTo(Reason.ERRORS);
    Admission well = serve(30, -1, WELL);
    assertThat(well.capacity()).isEqualTo(before);
    assertThat(well.figures().ill()).isEmpty();
  }

  @Test
  void oneOfTwoThatIsSlowCostsItsOwnPart() {
    open(2);
    long before = serve(10, -1, WELL).capacity();
    Admission ill = serve(60, 0, ALL_LATE);
    assertThat(leastCorrection).isEqualTo(1);
    assertThat(ill.figures().responseSeconds()).isCloseTo(0.15, within(0.02));
    assertThat(ill.capacity()).isCloseTo(Math.round(before * 1.1 / 2), within(2L));
    assertThat(serve(30, -1, WELL).capacity()).isEqualTo(before);
  }

  @Test
  void whatAnIllPodSaysOfItselfCountsForItselfAlone() {
    open(3);
    serve(10, 1, HALF_FAILS);
    shop.says(1, 1);
    Admission full = serve(30, -1, WELL);
    assertThat(leastCorrection).isEqualTo(1);
    assertThat(full.figures().ill()).containsExactly("pod-1");
    assertThat(full.pods()).extracting(PodLimit::trust).containsExactly(1.0, 0.1, 1.0);
    shop.says(1, 0);
    assertThat(serve(30, -1, WELL).figures().ill()).isEmpty();
    // Of one that is not known to be ill it is said as of all.
    shop.says(2, 1);
    serve(10, -1, WELL);
    assertThat(leastCorrection).isLessThan(1);
  }

  @Test
  void howLongAPodHasBeenIllIsToldUntilItIsWell() {
    open(3);
    serve(10, -1, WELL);
    Admission ill = serve(60, 1, HALF_FAILS);
    assertThat(ill.pods().get(1).illSeconds()).isCloseTo(59, within(3.0));
    assertThat(ill.pods().get(0).illSeconds()).isZero();
    assertThat(serve(30, -1, WELL).pods().get(1).illSeconds()).isZero();
  }

  @Test
  void whatFailsOnEveryPodAlikeCutsAll() {
    open(3);
    Admission after =
        serve(
            30,
            pod -> {
              int failed = chance.nextInt(10) == 0 ? 2 : chance.nextInt(10) == 0 ? 1 : 0;
              return new Done(4 - failed, 0, failed);
            });
    assertThat(after.figures().correction()).isLessThan(0.8);
    assertThat(after.figures().advice()).isEqualTo(Figures.Advice.DECLARED_TOO_HIGH);
    assertThat(after.pods()).extracting(PodLimit::trust).containsOnly(1.0);
  }

  @Test
  void whereMoreFailThanAreWellAllIsCut() {
    open(3);
    Admission after = serve(30, pod -> pod == 0 ? WELL : HALF_FAILS);
    assertThat(after.figures().correction()).isLessThan(0.8);
    assertThat(after.figures().ill()).isEmpty();
    assertThat(after.pods()).extracting(PodLimit::trust).containsOnly(1.0);
  }

  @Test
  void whenMoreFallIllThanAreWellThoseThatWereIllCountAgain() {
    open(3);
    shop.sessions /= 3;
    assertThat(serve(30, 0, HALF_FAILS).figures().ill()).containsExactly("pod-0");
    assertThat(leastCorrection).isEqualTo(1);
    Admission after = serve(10, pod -> pod == 2 ? WELL : HALF_FAILS);
    assertThat(after.figures().correction()).isLessThan(0.6);
    assertThat(after.pods()).extracting(PodLimit::trust).containsOnly(1.0);
    assertThat(after.figures().ill()).isEmpty();
  }

  @Test
  void aPodAloneIsTheHouse() {
    open(1);
    Admission after = serve(20, 0, HALF_FAILS);
    assertThat(after.figures().correction()).isLessThan(0.8);
    assertThat(after.pods()).extracting(PodLimit::trust).containsExactly(1.0);
  }

  @Test
  void thePodThatIsLeftAloneIsTrustedAgain() {
    open(2);
    serve(20, 0, HALF_FAILS);
    shop.pods.set(1, shop.pods.get(1).unready());
    Admission alone = serve(2, 0, HALF_FAILS);
    assertThat(alone.pods().get(0).trust()).isEqualTo(1);
    assertThat(alone.pods().get(0).cap()).isEqualTo(18);
  }

  @Test
  void aPodThatIsPutOutForWhatItFailedCutsNothingEither() {
    open(3);
    serve(10, -1, WELL);
    serve(1, 1, HALF_FAILS);
    shop.pods.set(1, shop.pods.get(1).unready());
    serve(10, 1, Done.NOTHING);
    assertThat(leastCorrection).isEqualTo(1);
  }

  @Test
  void whoeverIsAskedTooLittleToTellIsAskedMoreInTime() {
    open(3);
    serve(20, 0, HALF_FAILS);
    assertThat(serve(15, 0, Done.NOTHING).pods().get(0).trust()).isLessThan(0.2);
    assertThat(serve(150, 0, Done.NOTHING).pods().get(0).trust()).isEqualTo(1);
  }

  @Test
  void aColdPodThatIsSlowIsNotIll() {
    open(2);
    shop.pods(1, 0, 0);
    Admission after = serve(10, 2, ALL_LATE);
    assertThat(after.figures().ill()).isEmpty();
    assertThat(after.pods().get(2).trust()).isEqualTo(1);
  }
}
