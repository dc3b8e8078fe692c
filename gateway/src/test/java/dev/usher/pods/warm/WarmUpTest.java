package dev.usher.pods.warm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.capacity.Tuning;
import dev.usher.pods.Pod;
import dev.usher.pods.ProbeFailure;
import dev.usher.pods.Sticky;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.warm.PodCaller.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls to one pod, every answer and all time in the hands of the play. */
final class WarmUpTest {
  private static final Pod POD = new Pod("a", 80, false);
  private static final Answer REFUSED = new Answer(false, 0, "nothing listens there");

  private final UpstreamOptions options = options("/", "/seats");
  private final Roster roster = new Roster(options, change -> {});
  private final List<String> asked = new ArrayList<>();
  private final List<CompletableFuture<Answer>> open = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final WarmUp warmUp = new WarmUp(roster, options, this::call, new Listening());
  private long now = 1_000_000;
  private double perSecond = 10;
  private boolean leads = true;

  /** What is said, a line each. */
  private final class Listening implements WarmUpListener {
    @Override
    public void begins(Pod pod) {
      said.add("begins");
    }

    @Override
    public void ends(WarmUpStory story, End how) {
      said.add(how + " after " + story.answers());
    }

    @Override
    public void fails(Pod pod, String path, String why) {
      said.add(path + ": " + why);
    }
  }

  private static UpstreamOptions options(String... paths) {
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
    return new UpstreamOptions(
        "shop",
        List.of(POD),
        new Declared(100, 0, 10, 0),
        Tuning.DEFAULT,
        10,
        probe,
        0.5,
        Sticky.OFF,
        List.of(paths));
  }

  private CompletionStage<Answer> call(Pod pod, String path) {
    asked.add(path);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    open.add(answer);
    return answer;
  }

  @BeforeEach
  void isReady() {
    roster.probed(POD, new ProbeFailure(true, "not yet"));
    roster.probed(POD, null);
  }

  private void step(int cap) {
    now += 200;
    roster.see(now);
    PodLimit limit = new PodLimit("a:80", cap == 0 ? 0 : 1, cap, cap, 1000, 1, 0, null, perSecond);
    warmUp.step(now, List.of(limit), leads);
  }

  private void answer(long micros) {
    answer(new Answer(true, micros, null));
  }

  private void answer(Answer answer) {
    List<CompletableFuture<Answer>> due = List.copyOf(open);
    open.clear();
    due.forEach(one -> one.complete(answer));
  }

  private PodSample sample() {
    return roster.see(now).pods().get(0);
  }

  @Test
  void pathsAreAskedForInTurnAtThePaceThatIsTold() {
    for (int i = 0; i < 50; i++) {
      step(0);
      answer(20_000);
    }
    assertThat(asked).hasSizeBetween(99, 101).startsWith("/", "/seats", "/", "/seats");
    assertThat(sample().calls().answers()).isEqualTo(asked.size());
    assertThat(sample().done().answers()).isEqualTo(asked.size());
    assertThat(sample().forVisitors().answers()).isZero();
    assertThat(roster.see(now).traffic().requests()).isZero();
    assertThat(roster.view().get(0).lately().count()).isZero();
  }

  @Test
  void aPodThatAnswersSlowlyHasOnlySoManyCallsAtOnceAndCatchesUpWithNone() {
    for (int i = 0; i < 50; i++) {
      step(0);
    }
    assertThat(asked).hasSize(5);
    answer(9_000_000);
    step(0);
    assertThat(asked).hasSize(10);
  }

  @Test
  void whoDoesNotLeadCallsNobody() {
    leads = false;
    step(0);
    assertThat(asked).isEmpty();
  }

  @Test
  void aPathThatFailsIsToldOnceAndAskedForNoMoreWhileTheOthersAre() {
    for (int i = 0; i < 50; i++) {
      step(0);
      List<String> due = asked.subList(asked.size() - open.size(), asked.size());
      List<CompletableFuture<Answer>> now = List.copyOf(open);
      open.clear();
      for (int call = 0; call < now.size(); call++) {
        boolean bad = due.get(call).equals("/seats");
        now.get(call).complete(new Answer(true, 9_000, bad ? "it answered 500" : null));
      }
    }
    assertThat(asked.stream().filter("/seats"::equals)).hasSize(3);
    assertThat(asked).hasSizeGreaterThan(90);
    assertThat(said).containsExactly("begins", "/seats: it answered 500");
    assertThat(warmUp.view().failing()).containsExactly(Map.entry("/seats", "it answered 500"));
    assertThat(sample().calls().givenUp()).isFalse();
  }

  @Test
  void aPodOfWhichNoPathWorksIsGivenUp() {
    for (int i = 0; i < 20; i++) {
      step(0);
      answer(new Answer(true, 0, "it answered 404"));
    }
    assertThat(asked).hasSizeBetween(6, 8);
    assertThat(sample().calls().givenUp()).isTrue();
    assertThat(sample().done().answers()).isZero();
    assertThat(roster.see(now).traffic().errors()).isZero();
    perSecond = 0;
    step(2);
    step(2);
    assertThat(said)
        .containsExactly(
            "begins", "/: it answered 404", "/seats: it answered 404", "GIVEN_UP after 0");
  }

  @Test
  void aPodThatTakesNoConnectionSaysNothingOfThePaths() {
    for (int i = 0; i < 50; i++) {
      step(0);
      answer(REFUSED);
    }
    assertThat(said).containsExactly("begins");
    assertThat(asked).as("about once a second").hasSizeLessThan(60);
    assertThat(sample().calls().givenUp()).isFalse();
    assertThat(roster.ready()).isEqualTo(1);
  }

  @Test
  void whereVisitorsAreSentToThePodItIsCalledOnlyWhileTheyLeaveItAlone() {
    step(2);
    assertThat(asked).hasSize(1);
    step(2);
    assertThat(asked).as("one at a time").hasSize(1);
    answer(9_000);
    assertThat(asked).as("and the next one at once").hasSize(2);
    Objects.requireNonNull(roster.named("a:80")).load().takeBeyond();
    answer(9_000);
    step(2);
    assertThat(asked).hasSize(2);
    Objects.requireNonNull(roster.named("a:80")).load().release();
    step(2);
    assertThat(asked).hasSize(3);
  }

  @Test
  void itStandsStillOnceThreeWindowsInARowComeNoFaster() {
    for (int i = 0; i < 300 && !sample().calls().still(); i++) {
      step(0);
      answer(Math.max(20_000, 200_000 - 1000L * asked.size()));
    }
    // The last window with slower ones ends with the 200th, and windows of 50, 62 and 78 follow.
    assertThat(asked).hasSizeBetween(385, 395);
    perSecond = 0;
    step(9);
    assertThat(said.get(1)).startsWith("WARM after ");
  }

  @Test
  void aPodThatGetsFasterSlowlyDoesNotStandStill() {
    for (int i = 0; i < 900; i++) {
      step(0);
      // In thousands of answers from a third of its speed to all of it.
      answer((long) (20_000 / Math.min(1, 0.33 + 0.67 * asked.size() / 2000)));
      boolean still = asked.size() > 500 && sample().calls().still();
      assertThat(still).as("after " + asked.size()).isFalse();
    }
    assertThat(asked).hasSizeGreaterThan(1700);
  }

  @Test
  void aPodThatIsNearlyAsFastAsThoseThatAreWarmIsWarmThoughItStillGetsFaster() {
    assertThat(near(24_000).isReached()).isTrue();
    assertThat(near(26_000).isReached()).isFalse();
  }

  /** After two windows, the second of which took so long, where warm pods take 20 ms. */
  private static StandingStill near(long micros) {
    StandingStill still = new StandingStill();
    for (int i = 0; i < 100; i++) {
      still.add(i < 50 ? 80_000 : micros, 20_000);
    }
    return still;
  }

  @Test
  void callsThatFailTogetherAreOneFailure() {
    for (int i = 0; i < 20; i++) {
      step(0);
    }
    assertThat(open).hasSize(5);
    answer(new Answer(true, 0, "no answer"));
    assertThat(said).containsExactly("begins");
    assertThat(sample().calls().givenUp()).isFalse();
  }

  @Test
  void anotherLifeOfThePodBeginsAnewAndAnswersOfTheLastCountNothing() {
    step(0);
    List<CompletableFuture<Answer>> late = List.copyOf(open);
    roster.probed(POD, new ProbeFailure(false, "refused"));
    roster.probed(POD, null);
    late.forEach(one -> one.complete(new Answer(true, 9_000, null)));
    assertThat(sample().calls().answers()).isZero();
    step(0);
    answer(9_000);
    assertThat(sample().calls().answers()).isPositive();
    assertThat(said).containsExactly("begins", "begins");
  }
}
