package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.ProofStore;
import dev.usher.store.upstream.Work;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.Works;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store promises of what pods have done; a part of the one contract. */
abstract class WorkContract extends NotesContract {
  private static final String POD = "10.0.0.1:80";
  private static final Lease NOT_HELD = new Lease("shop", 0);

  private static WorkReport.Did did(String life, long age, long answers, double warmth) {
    return new WorkReport.Did(life, 0, false, age, answers, answers / 2, 1, 0, warmth);
  }

  private Work told(QueueStore by, Lease lease, WorkReport.Did did) {
    Works works = get(by.work(lease, new WorkReport(Map.of(POD, did), "")));
    return works.byPod().getOrDefault(POD, new Work("none", 0, 0, 0, 0, 0));
  }

  private Lease lease() {
    return get(store.lead("shop", Duration.ofSeconds(2)));
  }

  @Test
  void answersAreSummedOverTheReplicas() {
    Work first = told(store, NOT_HELD, did("a/0", 5000, 10, 0.25));
    Work second = told(other, NOT_HELD, did("a/0", 4000, 6, 0.75));
    assertThat(second).isEqualTo(new Work("a/0", first.since(), 16, 8, 2, 0.25));
    assertThat(get(store.work(NOT_HELD, new WorkReport(Map.of(), ""))).byPod())
        .containsExactly(Map.entry(POD, second));
    Lease elsewhere = new Lease("api", 0);
    assertThat(get(store.work(elsewhere, new WorkReport(Map.of(), ""))).byPod()).isEmpty();
  }

  @Test
  void onlyWhoLeadsSaysHowWarmAPodIsAndWhatWasLearnt() {
    Lease lease = lease();
    told(store, NOT_HELD, did("a/0", 0, 1, 0.5));
    assertThat(told(other, NOT_HELD, did("a/0", 0, 1, 1)).warmth()).isEqualTo(0.5);
    Works led =
        get(store.work(lease, new WorkReport(Map.of(POD, did("a/0", 0, 0, 0.25)), "k=0.75")));
    assertThat(led.learnt()).isEqualTo("k=0.75");
    Works heard = get(other.work(NOT_HELD, new WorkReport(Map.of(), "k=0.1")));
    assertThat(heard.learnt()).isEqualTo("k=0.75");
    assertThat(heard.byPod().get(POD)).isNotNull();
    assertThat(told(other, new Lease("shop", lease.fence() - 1), did("a/0", 0, 0, 1)).warmth())
        .isEqualTo(0.25);
  }

  @Test
  void anotherLifeOfAPodBeginsAnewAndWhoHasNotHeardOfItCannotEndIt() {
    told(store, NOT_HELD, did("a/0", 60_000, 100, 1));
    Work anew = told(store, NOT_HELD, did("a/1", 500, 3, 0));
    assertThat(anew).isEqualTo(new Work("a/1", anew.since(), 3, 1, 1, 0));
    assertThat(told(other, NOT_HELD, did("a/0", 60_000, 50, 1)).life()).isEqualTo("a/1");
    assertThat(told(other, NOT_HELD, did("a/1", 400, 2, 0)).answers()).isEqualTo(5);
  }

  /** A pod without a name, as far as this replica heard of it. */
  private static WorkReport.Did probed(Work heard, boolean next, long answers) {
    long known = next ? 0 : heard.answers();
    return new WorkReport.Did("", heard.since(), next, 0, answers, 0, 0, known, 0);
  }

  @Test
  void aRestartThatSeveralSeeBeginsOneLifeHoweverShortTheOldOneWas() {
    Work first = told(store, NOT_HELD, did("", 0, 100, 1));
    pass(Duration.ofSeconds(2));
    Work second = told(store, NOT_HELD, probed(first, true, 3));
    assertThat(second.answers()).isEqualTo(3);
    assertThat(second.since()).isGreaterThanOrEqualTo(first.since() + 2000);
    pass(Duration.ofSeconds(30));
    assertThat(told(other, NOT_HELD, probed(first, true, 4)))
        .as("the same restart")
        .isEqualTo(new Work("", second.since(), 7, 0, 0, 0));
    assertThat(told(other, NOT_HELD, probed(second, true, 1)).answers())
        .as("the next")
        .isEqualTo(1);
    assertThat(told(other, NOT_HELD, did("", 500, 1, 0)).answers())
        .as("who has just started saw no restart")
        .isEqualTo(2);
  }

  @Test
  void whoHasNotHeardOfARestartYetAddsNothingToTheNewLife() {
    Work first = told(store, NOT_HELD, did("", 0, 100, 1));
    pass(Duration.ofSeconds(2));
    Work second = told(store, NOT_HELD, probed(first, true, 3));
    assertThat(told(other, NOT_HELD, probed(first, false, 20))).isEqualTo(second);
    assertThat(told(other, NOT_HELD, probed(second, false, 20)).answers()).isEqualTo(23);
  }

  @Test
  void twoLivesThatBeginAtOnceAreTwo() {
    Work first = told(store, NOT_HELD, did("", 0, 100, 1));
    Work second = told(store, NOT_HELD, probed(first, true, 3));
    assertThat(second.answers()).isEqualTo(3);
    assertThat(second.since()).isGreaterThan(first.since());
  }

  @Test
  void aStoreThatLostTheSumsGetsThemBackFromWhoHeardThem() {
    WorkReport.Did heard = new WorkReport.Did("a/0", 0, false, 5000, 4, 0, 0, 1200, 0.5);
    Work back = told(store, NOT_HELD, heard);
    assertThat(back.answers()).isEqualTo(1204);
    assertThat(back.warmth()).isEqualTo(0.5);
    assertThat(told(other, NOT_HELD, heard).answers()).isEqualTo(1208);
  }

  @Test
  void aPodThatTheLeaderDoesNotNameAnyMoreIsForgotten() {
    told(store, NOT_HELD, did("a/0", 0, 1, 1));
    pass(ProofStore.WORK_KEPT.plusSeconds(1));
    Works all = get(store.work(lease(), new WorkReport(Map.of("b:80", did("b", 0, 0, 0)), "")));
    assertThat(all.byPod()).containsOnlyKeys("b:80");
  }

  @Test
  void aDayAfterTheLastWordNothingIsKnown() {
    get(store.work(lease(), new WorkReport(Map.of(POD, did("a/0", 0, 9, 1)), "k=0.75")));
    pass(ProofStore.LEARNT_KEPT.plusSeconds(1));
    Works later = get(other.work(NOT_HELD, new WorkReport(Map.of(), "")));
    assertThat(later.learnt()).isEmpty();
    assertThat(later.byPod()).isEmpty();
  }
}
