package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.upstream.LiveChange;
import dev.usher.store.upstream.LiveSet;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.LiveStore;
import dev.usher.store.upstream.LiveStore.Annals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every store promises of what operators set; a part of the one contract. */
abstract class LiveContract extends ProofsContract {
  static final LiveState UNSET = LiveState.unset("concert");

  /** As every replica does at its first tick. */
  @BeforeEach
  void look() {
    line(concert);
    line(theatre);
  }

  final LiveState told(QueueStore by) {
    return get(by.live("shop", List.of(UNSET))).get(0);
  }

  final LiveState set(LiveState wanted) {
    LiveSet set = get(store.set("shop", new LiveChange(wanted.at(told(store).at()), 0, "entry")));
    assertThat(set.done()).isTrue();
    return set.stands();
  }

  private void callOnce(int count) {
    get(store.set("shop", new LiveChange(told(store), count, "entry")));
  }

  final void limit(long sessions, long perMinute) {
    set(UNSET.limited(sessions, perMinute));
  }

  @Test
  void whatIsSetIsToldToEveryReplicaWithItsTime() {
    assertThat(told(other)).isEqualTo(UNSET);
    LiveState set = set(UNSET.paused(true).saying("Zurück um 20:15 — ünïcödé").limited(40, 600));
    assertThat(set.at()).isPositive();
    assertThat(told(other)).isEqualTo(set);
    assertThat(get(other.live("api", List.of(UNSET)))).containsExactly(UNSET);
  }

  @Test
  void aChangeMadeFromAnEarlierStateChangesNothing() {
    LiveState first = set(UNSET.paused(true));
    LiveSet found =
        get(other.set("shop", new LiveChange(UNSET.soldOut(true), 0, "from what was before")));
    assertThat(found).isEqualTo(new LiveSet(false, first));
    assertThat(get(store.recorded("shop", Annals.CHANGES))).containsExactly("entry");
  }

  @Test
  void ofTwoChangesAtTheSameMomentTheSecondHasALaterTime() {
    LiveState first = set(UNSET.paused(true));
    assertThat(set(first.paused(false)).at()).isGreaterThan(first.at());
  }

  @Test
  void aStoreThatLostItIsToldAgainAndOneThatKnowsALaterStateKeepsThat() {
    LiveState known = UNSET.soldOut(true).at(5);
    assertThat(get(store.live("shop", List.of(known)))).containsExactly(known);
    assertThat(told(other)).isEqualTo(known);
    LiveState later = set(known.soldOut(false));
    assertThat(get(other.live("shop", List.of(known)))).containsExactly(later);
  }

  @Test
  void aPausedOrSoldOutRoomAdmitsNobodyFromThatMomentUntilItIsTakenBack() {
    get(store.arrive(concert, newcomers(4)));
    call(10, 2);
    for (LiveState shut : List.of(UNSET.paused(true), UNSET.soldOut(true))) {
      set(shut);
      assertThat(line(concert).paused()).isTrue();
      assertThat(call(10, 2).called()).isZero();
      assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.PAUSED);
      assertThat(get(other.arrive(concert, newcomers(1))).admitted()).isZero();
    }
    set(UNSET);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.ADMITTED);
    assertThat(call(10, 2).called()).isEqualTo(2);
  }

  @Test
  void aMessageThatStoodBeforeAPauseStandsAfterItAndOneOfThePauseDoesNot() {
    set(UNSET.saying("Doors at 8"));
    set(told(other).paused(true));
    LiveState paused = set(told(store).limited(5, 60).paused(true));
    assertThat(told(other)).isEqualTo(paused);
    assertThat(paused.message()).isEqualTo("Doors at 8");
    assertThat(set(told(other).resumed()).message()).isEqualTo("Doors at 8");
    assertThat(set(told(store).resumed()).message()).as("not paused").isEqualTo("Doors at 8");
    set(told(store).paused(true).saying("Back at 9"));
    assertThat(set(told(other).resumed()).message()).isEmpty();
  }

  @Test
  void aMessageThatStaysIsReadByEveryVersionAndAStateOfAnEarlierOneHasNone() {
    LiveState stays = UNSET.at(5).saying("Doors at 8").paused(true);
    assertThat(stays.words()).isEqualTo("1 0 -1 -1  Doors at 8");
    assertThat(LiveState.of("concert", 5, stays.words())).isEqualTo(stays);
    LiveState earlier = LiveState.of("concert", 5, "1 0 -1 -1 Back at 9");
    assertThat(earlier.message()).isEqualTo("Back at 9");
    assertThat(earlier.resumed().message()).isEmpty();
    // An earlier version takes no message, with its mark, that is longer than the longest.
    LiveState longest = UNSET.at(5).saying("x".repeat(LiveState.MESSAGE_MAX)).paused(true);
    String words = longest.words();
    assertThat(words.substring("1 0 -1 -1 ".length())).hasSize(LiveState.MESSAGE_MAX);
    assertThat(LiveState.of("concert", 5, words)).isEqualTo(longest);
  }

  @Test
  void itOutlastsANewEpoch() {
    set(UNSET.paused(true).limited(1, LiveState.UNLIMITED));
    get(store.reset(concert));
    get(store.arrive(concert, newcomers(3)));
    assertThat(call(10, 10).called()).isZero();
    set(told(store).paused(false));
    assertThat(call(10, 10).called()).isEqualTo(1);
  }

  @Test
  void aRoomLimitedToSessionsHasNoMoreOfThemHoweverTheyComeIn() {
    limit(3, LiveState.UNLIMITED);
    call(100, 100);
    assertThat(get(store.arrive(concert, newcomers(2))).admitted()).isEqualTo(2);
    assertThat(get(store.arrive(concert, newcomers(10))).admitted()).isEqualTo(1);
    assertThat(call(100, 100).called()).isZero();
    assertThat(get(other.arrive(theatre, newcomers(1))).admitted()).isEqualTo(1);
    get(store.leave(concert, place(1)));
    assertThat(call(100, 100).called()).isEqualTo(1);
    limit(2, LiveState.UNLIMITED);
    assertThat(get(store.claim(concert, place(4)))).isEqualTo(Claim.FULL);
    limit(LiveState.UNLIMITED, LiveState.UNLIMITED);
    assertThat(get(store.claim(concert, place(4)))).isEqualTo(Claim.ADMITTED);
    assertThat(call(100, 100).called()).isEqualTo(8);
  }

  @Test
  void aLimitAboveWhatIsFreeLetsNobodyMoreIn() {
    limit(1000, 100_000);
    pass(Duration.ofSeconds(1));
    get(store.arrive(concert, newcomers(10)));
    assertThat(call(4, 2).called()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"30, 990", "60, 990", "60, 700", "1, 990", "600, 200", "600, 990", "7, 3100"})
  void aRoomLimitedToSoManyAMinuteCallsThatManyHoweverItsStepsFall(int minute, int step) {
    limit(LiveState.UNLIMITED, minute);
    call(10_000, 10_000);
    get(store.arrive(concert, newcomers(2000)));
    long began = line(concert).time();
    long called = 0;
    for (int i = 0; i < 60_000 / step; i++) {
      pass(Duration.ofMillis(step));
      called += call(10_000, 10_000).called();
    }
    // In Redis the time that this takes passes too: some is saved up before, and some is lost if
    // the machine stands still for longer than is saved up.
    double expected = minute * (line(concert).time() - began) / 60_000.0;
    double saved = Math.max(2, minute / 30.0);
    assertThat((double) called).isBetween(0.9 * expected - saved, expected + saved);
  }

  @Test
  void afterAQuietHourNoMinuteHasMoreThanTwoSecondsTooMuch() {
    limit(LiveState.UNLIMITED, 600);
    call(10_000, 10_000);
    pass(Duration.ofHours(1));
    get(store.arrive(concert, newcomers(2000)));
    long began = line(concert).time();
    long called = 0;
    for (int i = 0; i < 60; i++) {
      called += call(10_000, 10_000).called();
      pass(Duration.ofSeconds(1));
    }
    double minutes = (line(concert).time() - began) / 60_000.0;
    assertThat((double) called).isBetween(540 * minutes - 20, 600 * minutes + 20);
  }

  @Test
  void whoMayComeInAtOnceIsOfTheSameMinute() {
    limit(LiveState.UNLIMITED, 3);
    call(1000, 100);
    pass(Duration.ofSeconds(20));
    call(1000, 100);
    assertThat(get(store.arrive(concert, newcomers(5))).admitted()).isEqualTo(1);
    pass(Duration.ofSeconds(8));
    assertThat(call(1000, 100).called()).isZero();
  }

  @Test
  void whoIsCalledByHandIsNotCountedAmongThoseOfTheMinute() {
    limit(LiveState.UNLIMITED, 600);
    call(1000, 1000);
    get(store.arrive(concert, newcomers(100)));
    callOnce(30);
    assertThat(call(1000, 1000).called()).isGreaterThanOrEqualTo(30);
    pass(Duration.ofSeconds(1));
    assertThat(call(1000, 1000).called()).isGreaterThanOrEqualTo(9);
  }

  @Test
  void whoIsCalledByHandMustFindRoomWithinTheLimitOfSessions() {
    limit(5, LiveState.UNLIMITED);
    get(store.arrive(concert, newcomers(50)));
    callOnce(4);
    assertThat(call(100, 0).called()).isEqualTo(4);
    claim(1, 3);
    callOnce(8);
    assertThat(call(100, 0).called()).isEqualTo(1);
    callOnce(8);
    assertThat(call(100, 0).called()).isZero();
    limit(LiveState.UNLIMITED, LiveState.UNLIMITED);
    assertThat(call(100, 0).called()).as("the rest of the wish is forgotten").isZero();
  }

  @Test
  void whoIsCalledByHandComesBeyondThePaceAndTheLimitOfAMinuteButNotBeyondTheCapacity() {
    limit(LiveState.UNLIMITED, 0);
    get(store.arrive(concert, newcomers(50)));
    assertThat(call(20, 1).called()).isZero();
    callOnce(8);
    assertThat(call(20, 1).called()).isEqualTo(8);
    assertThat(call(20, 1).called()).isZero();
    callOnce(100);
    assertThat(call(20, 1).called()).isEqualTo(12);
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
    assertThat(line(concert).called()).isEqualTo(20);
  }

  @Test
  void theRecordKeepsTheLastThousandTheNewestFirst() {
    for (int i = 0; i < LiveStore.RECORD_MAX + 5; i++) {
      get(store.record("shop", Annals.CHANGES, "entry " + i));
    }
    List<String> record = get(other.recorded("shop", Annals.CHANGES));
    assertThat(record).hasSize(LiveStore.RECORD_MAX);
    assertThat(record.get(0)).isEqualTo("entry " + (LiveStore.RECORD_MAX + 4));
    assertThat(get(other.recorded("api", Annals.CHANGES))).isEmpty();
  }

  @Test
  void aCrowdOfEndedSessionsPushesNoOperatorsLineOutOfTheRecord() {
    get(store.record("shop", Annals.CHANGES, "a limit was set"));
    for (int i = 0; i < LiveStore.RECORD_MAX + 5; i++) {
      get(store.record("shop", Annals.ENDINGS, "session " + i));
    }
    assertThat(get(other.recorded("shop", Annals.CHANGES))).containsExactly("a limit was set");
    assertThat(get(other.recorded("shop", Annals.ENDINGS)))
        .hasSize(LiveStore.RECORD_MAX)
        .startsWith("session " + (LiveStore.RECORD_MAX + 4));
  }

  @Test
  void whatNoStoreCouldKeepIsRefused() {
    assertThatThrownBy(() -> store.record("shop", Annals.CHANGES, "two\nlines"))
        .hasMessageContaining("one line");
    assertThatThrownBy(() -> UNSET.saying("x".repeat(301))).hasMessageContaining("at most 300");
    assertThatThrownBy(() -> UNSET.limited(-2, 0)).hasMessageContaining("at least 0");
  }
}
