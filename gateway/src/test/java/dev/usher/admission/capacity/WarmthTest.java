package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.admission.PodSample;
import dev.usher.admission.PodSample.Done;
import dev.usher.admission.PodSample.Life;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How warm one pod is taken for, second by second, as it answers. */
final class WarmthTest {
  private static final double RATE = 30;

  private final Warmth warmth = new Warmth(Tuning.DEFAULT);
  private long now = 1_000_000;
  private long age;
  private Done done = Done.NOTHING;
  private Life life = new Life(1, "a/0");
  private double known;

  private PodSample pod() {
    return new PodSample("pod", life, true, age, done, known, 0);
  }

  private double is() {
    return warmth.of(List.of(pod()), RATE, false)[0];
  }

  /** So many seconds in each of which it does this. */
  private double after(int seconds, Done each, boolean tried) {
    for (int i = 0; i < seconds; i++) {
      now += 1000;
      age += 1000;
      done = done.plus(each);
      is();
      warmth.learn(now, List.of(pod()), tried);
    }
    return is();
  }

  @Test
  void answersInTimeShowWithinTwentySecondsThatAPodIsWarm() {
    assertThat(is()).isEqualTo(0.1);
    assertThat(after(5, new Done(6, 2, 0), true)).isBetween(0.2, 0.5);
    assertThat(after(10, new Done(6, 2, 0), true)).isEqualTo(1);
  }

  @Test
  void answersInTimeShowNothingWhereThereWasTooLittleToDo() {
    assertThat(after(15, new Done(6, 0, 0), false)).isCloseTo(0.17, within(0.01));
    assertThat(after(15, new Done(0, 0, 0), true)).isCloseTo(0.17, within(0.01));
  }

  @Test
  void lateOrFailedAnswersTakeBackWhatWasShownAndNothingMore() {
    double shown = after(6, new Done(6, 0, 0), true);
    assertThat(shown).isGreaterThan(0.4);
    assertThat(after(3, new Done(6, 3, 0), true)).as("half are late: held").isEqualTo(shown);
    assertThat(after(6, new Done(6, 6, 0), true)).isLessThan(0.8 * shown);
    assertThat(after(60, new Done(6, 6, 0), true))
        .as("what age and work say stays")
        .isCloseTo(0.1 + 0.9 * 450 / 1170, within(0.01));
    Done failing = new Done(9, 0, 1);
    double before = is();
    assertThat(after(5, failing, true)).isBetween(before, before + 0.05);
  }

  @Test
  void whoWasServingForLongBeforeAnybodyLookedIsWarm() {
    age = 5 * 60_000;
    assertThat(is()).isEqualTo(1);
    known = 0.3;
    life = new Life(1, "b/0");
    assertThat(is()).as("the store knows it: idle for long, it is half warm").isEqualTo(0.5);
    life = new Life(1, "");
    known = 0;
    assertThat(is()).as("nobody says since when").isEqualTo(0.5);
  }

  @Test
  void anotherLifeBeginsAsItIsKnown() {
    assertThat(after(15, new Done(6, 0, 0), true)).isEqualTo(1);
    life = new Life(1, "a/1");
    age = 0;
    done = Done.NOTHING;
    assertThat(is()).isEqualTo(0.1);
    life = new Life(1, "a/2");
    known = 0.7;
    assertThat(is()).isEqualTo(0.7);
  }

  @Test
  void whoFollowsGoesByTheWordOfWhoLeads() {
    assertThat(after(15, new Done(6, 0, 0), true)).isEqualTo(1);
    known = 0.4;
    assertThat(warmth.of(List.of(pod()), RATE, true)[0]).isEqualTo(0.4);
    assertThat(is()).as("and goes on from there when it leads").isEqualTo(0.4);
  }
}
