package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.admission.Admission;
import dev.usher.admission.Learnt;
import dev.usher.admission.Learnt.Cause;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A full house that asks for little, after its pods had failed. */
final class FewAnswersTest {
  private static final Tuning PROVEN = new Tuning(60_000, 1500, 0.1, 1, 1, 1, 0.4);

  private final Upstream shop = new Upstream().warm(1);
  private final MeasuredCapacity controller = new MeasuredCapacity(Upstream.DECLARED, PROVEN);

  /** All that is allowed are inside, always. */
  private Admission step() {
    Admission last = shop.step(controller);
    shop.sessions = last.capacity();
    return last;
  }

  private double k() {
    return shop.step(controller).figures().correction();
  }

  /** So long in which this many answers come, evenly. */
  private Admission ask(int seconds, double aSecond, double took) {
    Admission last = Admission.NONE;
    double due = 0;
    for (int i = 0; i < seconds * 5; i++) {
      due += aSecond / 5;
      int requests = (int) due;
      due -= requests;
      shop.settled += requests;
      shop.answered(requests, took);
      last = step();
    }
    return last;
  }

  /** Requests fail until the correction is cut, and for so long that nobody remembers. */
  private void fail() {
    shop.waiting = 100;
    ask(10, 20, 0.2);
    for (int i = 0; i < 8; i++) {
      shop.settled += 20;
      shop.errors += 20;
      ask(3, 0, 0.2);
    }
    ask(45, 0, 0.2);
    assertThat(k()).isLessThan(0.7);
  }

  @Test
  void whatErrorsHaveCutComesBackThoughTheHouseAsksForLittle() {
    fail();
    double cut = k();
    ask(30, 0.5, 0.2);
    double before = k();
    Admission after = ask(20, 0.5, 0.2);
    // 15 of the 50 answers that a window needs.
    assertThat(after.figures().evidence()).isCloseTo(0.3, within(0.03));
    assertThat(k() - before).isCloseTo(20 * 0.02 * 0.3, within(0.02));
    assertThat(ask(120, 0.5, 0.2).figures().correction()).isEqualTo(1).isGreaterThan(cut);
    Learnt learnt = Objects.requireNonNull(shop.step(controller).learnt(), "It must be told");
    assertThat(learnt.cause()).isEqualTo(Cause.NONE);
    assertThat(shop.step(controller).figures().proven()).isFalse();
  }

  @Test
  void withoutAnAnswerNothingSaysThatThePodsAreWell() {
    fail();
    double cut = k();
    assertThat(ask(600, 0, 0.2).figures().correction()).isEqualTo(cut);
    assertThat(shop.step(controller).figures().evidence()).isZero();
  }

  @Test
  void fewAnswersThatAreLateRaiseNothingAndCutNothing() {
    fail();
    double cut = k();
    assertThat(ask(120, 0.5, 0.35).figures().correction()).isEqualTo(cut);
    assertThat(ask(120, 0.5, 2.0).figures().correction()).isEqualTo(cut);
  }

  @Test
  void oneFailureAmongFewAnswersRaisesNothingWhileItIsRemembered() {
    fail();
    ask(30, 0.5, 0.2);
    shop.settled++;
    shop.errors++;
    ask(1, 0.5, 0.2);
    double cut = k();
    assertThat(ask(25, 0.5, 0.2).figures().correction()).isEqualTo(cut);
    assertThat(ask(30, 0.5, 0.2).figures().correction()).isGreaterThan(cut);
  }

  @Test
  void podsThatHangAreNotTakenForAHouseThatAsksForLittle() {
    fail();
    ask(20, 0.2, 0.2);
    shop.inFlight = 30;
    double cut = k();
    assertThat(ask(60, 0.2, 0.2).figures().correction()).isEqualTo(cut);
  }

  @Test
  void aHouseThatIsNotFullShowsNothing() {
    fail();
    double cut = k();
    shop.waiting = 0;
    for (int i = 0; i < 600; i++) {
      shop.sessions = 10;
      shop.settled += i % 10 == 0 ? 1 : 0;
      shop.answered(i % 10 == 0 ? 1 : 0, 0.2);
      shop.step(controller);
    }
    assertThat(k()).isEqualTo(cut);
  }

  @Test
  void howeverFewAnswersComeNoneRaisesByMoreThanAsManyDoTogether() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      FewAnswersTest play = new FewAnswersTest();
      play.fail();
      double aSecond = 1.6 * random.nextDouble();
      double before = play.k();
      int seconds = 10 + random.nextInt(20);
      play.ask(seconds, aSecond, 0.1 + 0.15 * random.nextDouble());
      double after = play.k();
      double most = (seconds + 1) * 0.02 * Math.min(1, (aSecond * 30 + 1) / 50);
      assertThat(after - before).as("seed %d", seed).isBetween(0.0, most + 1e-9);
    }
  }
}
