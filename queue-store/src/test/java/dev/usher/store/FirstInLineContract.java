package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises to who is told that no place is free; a part of the one contract. */
abstract class FirstInLineContract extends PaceContract {
  /** As on a page that stays open until somebody presses Continue. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void aMissedTurnIsMadeUpBeforeAnybodyElseIsCalledHoweverLongAgoItWas(int minutes) {
    get(store.arrive(concert, newcomers(9)));
    call(2, 100);
    claim(2, 2);
    pass(Duration.ofSeconds(46));
    seeWaiting(store, 1, 3, 4, 5, 6, 7, 8, 9);
    seeInside(store, 2);
    // The place went to the next.
    assertThat(call(2, 100).called()).isEqualTo(1);
    claim(3, 3);
    for (int halves = 2; halves < 2 * minutes; halves++) {
      pass(Duration.ofSeconds(30));
      seeWaiting(store, 1, 4, 5, 6, 7, 8, 9);
      seeInside(store, 2, 3);
      call(2, 100);
    }
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
    get(store.leave(concert, place(3)));
    assertThat(call(2, 100).called()).isZero();
    assertThat(get(store.arrive(theatre, newcomers(1))).admitted()).isZero();
    claim(1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void whoMissedTheTurnComesInAtOnceWhereAPlaceIsFree(int minutes) {
    get(store.arrive(concert, newcomers(2)));
    call(2, 100);
    claim(2, 2);
    for (int halves = 0; halves < 2 * minutes; halves++) {
      pass(Duration.ofSeconds(30));
      seeWaiting(store, 1);
      seeInside(store, 2);
      call(2, 100);
    }
    claim(1, 1);
  }

  @Test
  void whoIsToldFullTakesTheNextPlaceBeforeNewcomersAndThoseCalledWithThem() {
    offerOnePlaceTo(3);
    claim(1, 1);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
    get(store.leave(concert, place(1)));
    assertThat(get(store.arrive(theatre, newcomers(1))).admitted()).isZero();
    assertThat(callKeeping(0, 1, 100).called()).isZero();
    assertThat(get(store.claim(concert, place(3)))).isEqualTo(Claim.FULL);
    claim(2, 2);
    assertThat(line(concert).counts().sessions()).isEqualTo(1);
  }

  @Test
  void whoIsCalledLaterDoesNotPassByAskingTwice() {
    get(store.arrive(theatre, newcomers(2)));
    get(store.leave(theatre, new Place("theatre", line(theatre).epoch(), 0, 1)));
    offerOnePlaceTo(1);
    assertThat(callKeeping(0, 3, 100).called()).isEqualTo(1);
    claim(1, 1);
    callKeeping(0, 1, 100);
    Place later = new Place("theatre", line(theatre).epoch(), 0, 2);
    assertThat(get(store.claim(theatre, later))).isEqualTo(Claim.FULL);
    assertThat(get(store.claim(theatre, later))).isEqualTo(Claim.FULL);
    get(store.leave(concert, place(1)));
    assertThat(get(store.claim(theatre, later))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void whoAskAreAdmittedByNumberHoweverFastTheyAsk() {
    offerOnePlaceTo(30);
    claim(1, 1);
    for (int n = 30; n >= 2; n--) {
      assertThat(get(store.claim(concert, place(n)))).isEqualTo(Claim.FULL);
    }
    for (int n = 2; n <= 30; n++) {
      get(store.leave(concert, place(n - 1)));
      callKeeping(0, 1, 100);
      for (int other = 30; other > n; other--) {
        assertThat(get(store.claim(concert, place(other)))).isEqualTo(Claim.FULL);
      }
      claim(n, n);
    }
  }

  @Test
  void theLineTellsUpToWhichNumberAskingIsWorthWhile() {
    offerOnePlaceTo(30);
    claim(1, 1);
    assertThat(line(concert).open()).isEqualTo(Line.EVERYONE);
    for (int n = 30; n >= 2; n--) {
      assertThat(get(store.claim(concert, place(n)))).isEqualTo(Claim.FULL);
    }
    callKeeping(0, 1, 100);
    long none = line(concert).open();
    assertThat(none).isBetween(2L, 10L);
    assertThat(line(concert).ahead(none)).isZero();
    assertThat(line(concert).ahead(30)).isEqualTo(30 - none);
    callKeeping(0, 11, 100);
    assertThat(line(concert).open()).isEqualTo(none + 10);
    callKeeping(0, 50, 100);
    assertThat(line(concert).open()).isEqualTo(Line.EVERYONE);
  }

  @Test
  void whoIsToldFullHoldsAPlaceForTheTimeOfAnOfferAfterAskingAndNoLonger() {
    offerOnePlaceTo(2);
    claim(1, 1);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
    pass(Duration.ofSeconds(30));
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
    get(store.leave(concert, place(1)));
    pass(Duration.ofSeconds(30));
    assertThat(callKeeping(0, 1, 100).offers()).isEqualTo(1);
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
    pass(Duration.ofSeconds(16));
    Calling over = callKeeping(0, 1, 100);
    assertThat(over.called()).isEqualTo(1);
    assertThat(over.offers()).isEqualTo(1);
    claim(3, 3);
  }

  @Test
  void whoIsToldFullAndGoesOnAskingComesBeforeAPlaceIsKeptForOneCalledLater() {
    offerOnePlaceTo(2);
    claim(1, 1);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
    get(store.arrive(concert, newcomers(1)));
    pass(Duration.ofSeconds(40));
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
    assertThat(callKeeping(0, 3, 100).called()).isEqualTo(1);
    // The time of the second one's own offer is over, that of the third one's is not.
    pass(Duration.ofSeconds(6));
    get(store.leave(concert, place(1)));
    call(1, 100);
    assertThat(get(store.claim(concert, place(3)))).isEqualTo(Claim.FULL);
    claim(2, 2);
  }

  @Test
  void onePlaceIsKeptForWhoIsToldFullAndNotTwo() {
    get(store.arrive(concert, newcomers(4)));
    assertThat(call(4, 100).called()).isEqualTo(4);
    // Capacity falls, and three of the four offers are kept.
    assertThat(callKeeping(3, 2, 100).offers()).isEqualTo(4);
    claim(1, 2);
    assertThat(get(store.claim(concert, place(3)))).isEqualTo(Claim.FULL);
    assertThat(get(store.claim(concert, place(3)))).isEqualTo(Claim.FULL);
    get(store.leave(concert, place(1)));
    get(store.leave(concert, place(2)));
    assertThat(get(store.arrive(theatre, newcomers(2))).admitted()).isEqualTo(1);
    assertThat(callKeeping(0, 2, 100).offers()).isEqualTo(2);
    claim(3, 3);
    assertThat(callKeeping(0, 2, 100).offers()).isEqualTo(1);
  }

  @Test
  void whoIsToldFullAndLeavesHoldsUpNobody() {
    offerOnePlaceTo(3);
    claim(1, 1);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
    get(store.leave(concert, place(1)));
    get(store.leave(concert, place(2)));
    claim(3, 3);
  }

  @Test
  void whoIsToldFullInAnEpochThatIsOverHoldsUpNobody() {
    offerOnePlaceTo(2);
    claim(1, 1);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
    get(store.arrive(theatre, newcomers(1)));
    get(store.reset(concert));
    assertThat(callKeeping(0, 2, 100).called()).isEqualTo(1);
    Place next = new Place("theatre", line(theatre).epoch(), 0, 1);
    assertThat(get(store.claim(theatre, next))).isEqualTo(Claim.ADMITTED);
  }

  /** One step after another offers the only place again, to the next visitor of the concert. */
  private void offerOnePlaceTo(int visitors) {
    get(store.arrive(concert, newcomers(visitors)));
    for (int n = 1; n <= visitors; n++) {
      assertThat(callKeeping(0, 1, 100).called()).isEqualTo(1);
    }
  }
}
