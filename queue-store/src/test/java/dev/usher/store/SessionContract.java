package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store promises of claims, offers and sessions; a part of the one contract. */
abstract class SessionContract extends OpeningContract {
  @Test
  void placesKeptFreeForTheCalledAreNotGivenAgain() {
    get(store.arrive(concert, newcomers(30)));
    assertThat(call(10, 100).called()).isEqualTo(10);
    assertThat(call(10, 100).called()).isZero();
    assertThat(call(12, 100).called()).isEqualTo(2);
    assertThat(line(concert).called()).isEqualTo(12);
  }

  @Test
  void whoClaimsAgainIsToldToBeInsideAndCountsOnce() {
    get(store.arrive(concert, newcomers(1)));
    call(5, 100);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.ADMITTED);
    assertThat(get(other.claim(concert, place(1)))).isEqualTo(Claim.INSIDE);
    assertThat(call(5, 100).sessions()).isEqualTo(1);
  }

  @Test
  void aClockThatIsSetBackHidesNobodyAndLetsNobodyInTwice() {
    get(store.arrive(concert, newcomers(20)));
    call(10, 100);
    claim(1, 10);
    long before = line(concert).time();
    pass(Duration.ofSeconds(-70));
    Calling calling = call(10, 100);
    assertThat(calling.sessions()).isEqualTo(10);
    assertThat(calling.called()).isZero();
    assertThat(line(concert).time()).isGreaterThanOrEqualTo(before);
    assertThat(line(concert).ahead(20)).isEqualTo(9);
    // Time goes on from there, if a tenth slower: nobody need wait until it has come again.
    Duration windows = concert.sessionWindow().multipliedBy(Queue.SESSION_WINDOWS);
    pass(windows.multipliedBy(10).dividedBy(9).plusSeconds(2));
    assertThat(line(concert).time() - before).isGreaterThanOrEqualTo(150_000);
    assertThat(call(10, 100).sessions()).isZero();
  }

  @Test
  void askingForASessionBeginsNoneAndTellsHowItEnded() {
    get(store.arrive(concert, newcomers(4)));
    call(3, 100);
    claim(1, 2);
    get(store.leave(concert, place(2)));
    assertThat(get(other.stay(concert, place(1)))).isEqualTo(SessionStanding.COUNTED);
    assertThat(get(other.stay(concert, place(2)))).isEqualTo(SessionStanding.LEFT);
    // Called, but not come in; waiting; never given; of an epoch that nobody knows.
    for (Place none : List.of(place(3), place(4), place(5), new Place("concert", 7, 0, 1))) {
      assertThat(get(other.stay(concert, none))).isEqualTo(SessionStanding.LAPSED);
    }
    assertThat(call(3, 100).sessions()).isEqualTo(1);
    pass(concert.sessionWindow().multipliedBy(Queue.SESSION_WINDOWS));
    assertThat(call(3, 100).sessions()).isZero();
    assertThat(get(store.stay(concert, place(1)))).isEqualTo(SessionStanding.LAPSED);
    assertThat(get(store.stay(concert, place(2)))).isEqualTo(SessionStanding.LEFT);
    assertThat(call(3, 100).sessions()).isZero();
    assertThat(get(other.leave(concert, place(1)))).as("it was over").isFalse();
  }

  @Test
  void whoIsAskedForIsSeenInside() {
    get(store.arrive(concert, newcomers(1)));
    call(3, 100);
    claim(1, 1);
    for (int i = 0; i < 2 * Queue.SESSION_WINDOWS; i++) {
      pass(concert.sessionWindow());
      assertThat(get(store.stay(concert, place(1)))).isEqualTo(SessionStanding.COUNTED);
      assertThat(call(3, 100).sessions()).isEqualTo(1);
    }
  }

  @Test
  void sessionsOfAllRoomsCountTogether() {
    get(store.arrive(concert, newcomers(3)));
    get(store.arrive(theatre, newcomers(3)));
    call(4, 100);
    int admitted = 0;
    for (int n = 1; n <= 3; n++) {
      for (Queue queue : List.of(concert, theatre)) {
        Place place = new Place(queue.room(), line(queue).epoch(), 0, n);
        admitted += get(store.claim(queue, place)) == Claim.ADMITTED ? 1 : 0;
      }
    }
    assertThat(admitted).isEqualTo(4);
    assertThat(call(4, 100).sessions()).isEqualTo(4);
  }

  @Test
  void aRoomThatTheLastStepDidNotKnowLetsNobodyIn() {
    get(store.arrive(theatre, newcomers(2)));
    call(4, 100);
    Place called = new Place("theatre", line(theatre).epoch(), 0, 1);
    get(store.call(lease, budget(4, 100, VALID), List.of(new RoomWeight(concert, 1))));
    assertThat(get(other.claim(theatre, called))).isEqualTo(Claim.FULL);
    assertThat(get(other.arrive(theatre, newcomers(1))).admitted()).isZero();
    assertThat(get(other.arrive(concert, newcomers(1))).given()).isEqualTo(1);
    call(4, 100);
    assertThat(get(other.claim(theatre, called))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void nobodyIsCalledAfterCapacityFellUntilEnoughHaveLeft() {
    get(store.arrive(concert, newcomers(30)));
    call(10, 100);
    claim(1, 10);
    assertThat(call(5, 100).called()).isZero();
    for (int n = 1; n <= 5; n++) {
      get(store.leave(concert, place(n)));
    }
    assertThat(call(5, 100).called()).isZero();
    get(store.leave(concert, place(6)));
    assertThat(call(5, 100).called()).isEqualTo(1);
    assertThat(line(concert).called()).isEqualTo(11);
  }

  @Test
  void leavingTwiceIsHarmless() {
    get(store.arrive(concert, newcomers(5)));
    call(3, 100);
    claim(1, 3);
    assertThat(get(store.leave(concert, place(1)))).isTrue();
    assertThat(get(store.leave(concert, place(1)))).isFalse();
    assertThat(get(other.leave(concert, place(1)))).isFalse();
    assertThat(get(other.leave(concert, place(5)))).as("who waits").isTrue();
    assertThat(get(other.leave(concert, place(6)))).as("no such number").isFalse();
    assertThat(line(concert).counts().sessions()).isEqualTo(2);
    assertThat(call(3, 100).called()).isEqualTo(1);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.OVER);
    assertThat(line(concert).left().has(1)).isTrue();
  }

  @Test
  void anOfferNotTakenInTimeGoesToTheNext() {
    get(store.arrive(concert, newcomers(3)));
    call(1, 100);
    pass(Duration.ofSeconds(46));
    seeWaiting(store, 1, 2, 3);
    assertThat(call(1, 100).called()).isEqualTo(1);
    assertThat(line(concert).called()).isEqualTo(2);
  }

  @Test
  void whoMissedTheTurnTakesTheNextPlaceThatNobodyWasOffered() {
    get(store.arrive(concert, newcomers(3)));
    call(1, 100);
    pass(Duration.ofSeconds(46));
    seeWaiting(store, 1, 2, 3);
    call(1, 100);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.ADMITTED);
    get(store.leave(concert, place(2)));
    // The free place goes to the one who asks, not to the next number.
    assertThat(call(1, 100).called()).isZero();
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void aSessionEndsWhenItsVisitorIsNotSeenForFourWholeWindows() {
    get(store.arrive(concert, newcomers(2)));
    call(2, 100);
    claim(1, 2);
    pass(Duration.ofSeconds(100));
    seeInside(other, 2);
    pass(Duration.ofSeconds(51));
    assertThat(call(2, 100).sessions()).isEqualTo(1);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.OVER);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.INSIDE);
  }

  @Test
  void anUnknownPlaceIsNotClaimed() {
    get(store.arrive(concert, newcomers(1)));
    call(5, 100);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.UNKNOWN);
    Place elsewhere = new Place("concert", line(concert).epoch() + 1, 0, 1);
    assertThat(get(store.claim(concert, elsewhere))).isEqualTo(Claim.UNKNOWN);
  }

  @Test
  void whoLeftIsToldAlsoOfAnEpochThatIsOverUntilTheirPassHasRunOut() {
    get(store.arrive(concert, newcomers(3)));
    call(3, 100);
    claim(1, 3);
    Place before = place(1);
    Place after = place(2);
    get(store.leave(concert, before));
    get(store.reset(concert));
    get(store.leave(concert, after));
    for (int i = 0; i < 4; i++) {
      call(3, 100);
      assertThat(line(concert).hasLeft(before)).isTrue();
      assertThat(line(concert).hasLeft(after)).isTrue();
      pass(Duration.ofSeconds(29));
    }
    pass(Duration.ofSeconds(60));
    call(3, 100);
    assertThat(line(concert).leftBefore()).isEmpty();
  }

  @Test
  void whoLeftIsToldAfterEverybodyAroundThemHasGone() {
    get(store.arrive(concert, newcomers(Bits.CHUNK)));
    get(store.arrive(concert, newcomers(100)));
    call(0, 0);
    call(Bits.CHUNK + 50, Integer.MAX_VALUE);
    pass(Duration.ofSeconds(110));
    seeWaiting(store, 5, Bits.CHUNK + 60);
    claim(5, 5);
    get(store.leave(concert, place(5)));
    for (int i = 0; i < 4; i++) {
      pass(Duration.ofSeconds(29));
      // Only those at the end of the line stay.
      seeWaiting(store, Bits.CHUNK + 60);
      call(Bits.CHUNK + 50, 0);
      assertThat(line(concert).hasLeft(place(5))).isTrue();
    }
  }

  @Test
  void whoComesBackToACalledPlaceKeepsItFreeForTheTimeOfAnOfferOnly() {
    get(store.arrive(concert, newcomers(2)));
    get(store.leave(concert, place(2)));
    pass(Duration.ofSeconds(181));
    // Nobody is there, so the gate opens up to the last number.
    call(1, 100);
    assertThat(line(concert).called()).isEqualTo(2);
    pass(Duration.ofSeconds(46));
    seeWaiting(store, 1);
    assertThat(call(1, 100).offers()).isZero();
    get(store.arrive(concert, newcomers(1)));
    assertThat(get(store.claim(concert, place(3)))).isEqualTo(Claim.INSIDE);
  }

  @Test
  void whoAskedForAMissedPlaceAndWentAwayHoldsUpNobody() {
    get(store.arrive(concert, newcomers(3)));
    call(1, 100);
    pass(Duration.ofSeconds(46));
    seeWaiting(store, 1, 2, 3);
    call(1, 100);
    claim(2, 2);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
    get(store.leave(concert, place(2)));
    assertThat(call(1, 100).called()).isZero();
    pass(Duration.ofSeconds(46));
    assertThat(call(1, 100).called()).isEqualTo(1);
    assertThat(line(concert).called()).isEqualTo(3);
  }

  @Test
  void whoMissedTheTurnInOneRoomDoesNotKeepAPlaceFromWhoMissedItInAnother() {
    get(store.arrive(concert, newcomers(1)));
    get(store.arrive(theatre, newcomers(1)));
    assertThat(call(2, 100).called()).isEqualTo(2);
    pass(Duration.ofSeconds(46));
    call(0, 0);
    Place there = new Place("theatre", line(theatre).epoch(), 0, 1);
    assertThat(get(store.claim(theatre, there))).isEqualTo(Claim.FULL);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
    assertThat(call(1, 100).offers()).isEqualTo(2);
    claim(1, 1);
    assertThat(get(store.claim(theatre, there))).isEqualTo(Claim.FULL);
  }
}
