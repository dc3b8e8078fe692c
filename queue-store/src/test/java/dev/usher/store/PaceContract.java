package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** What every store promises of how fast visitors are let in; a part of the one contract. */
abstract class PaceContract extends SessionContract {
  @Test
  void aCrowdThatMeetsAnEmptyUpstreamIsAdmittedAtOnceOnlyAsFarAsPlacesGo() {
    call(1000, 20);
    assertThat(get(store.arrive(concert, newcomers(15))).admitted()).isEqualTo(15);
    assertThat(get(other.arrive(theatre, newcomers(500))).admitted()).isEqualTo(5);
    assertThat(call(1000, 20).called()).isEqualTo(20);
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
    assertThat(line(theatre).called()).isEqualTo(25);
  }

  @Test
  void placesThatACallLeavesServeNewcomersUntilTheNext() {
    get(store.arrive(concert, newcomers(3)));
    assertThat(call(100, 10).called()).isEqualTo(3);
    assertThat(get(store.arrive(concert, newcomers(5))).admitted()).isEqualTo(5);
    assertThat(get(store.arrive(concert, newcomers(5))).admitted()).isEqualTo(2);
    assertThat(call(100, 3).called()).isEqualTo(3);
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
  }

  @Test
  void theLineGetsNoLongerThanItMayHoweverManyComeBetweenTwoSteps() {
    call(10, 4);
    NumberBlock first = get(store.arrive(concert, Crowds.newcomers(30, 20)));
    assertThat(first.admitted()).isEqualTo(4);
    assertThat(first.given()).isEqualTo(24);
    assertThat(get(other.arrive(concert, Crowds.newcomers(5, 20))).given()).isZero();
    // Who leaves makes room for one, and so does who is called.
    get(store.leave(concert, new Place("concert", first.epoch(), first.lane(), first.first() + 9)));
    assertThat(get(other.arrive(concert, Crowds.newcomers(5, 20))).given()).isEqualTo(1);
    call(10, 3);
    NumberBlock next = get(store.arrive(concert, Crowds.newcomers(5, 20)));
    assertThat(next.given()).isEqualTo(3);
    assertThat(next.first()).isEqualTo(first.first() + 25);
    assertThat(get(store.arrive(theatre, Crowds.newcomers(5, 20))).given()).isEqualTo(5);
  }

  @Test
  void whoAReplicaLetInByItselfCountsAsASessionAndAsAdmittedAtOnceOnce() {
    long later = 1000 * line(concert).epoch();
    seenInside(later, 1, 10);
    long before = callAndMerge().atOnce();
    seenInside(later, 1, 25);
    seenInside(later, 20, 40);
    Calling after = callAndMerge();
    assertThat(after.atOnce() - before).isEqualTo(30);
    assertThat(after.sessions()).isEqualTo(40);
  }

  private Calling callAndMerge() {
    line(concert);
    return call(100, 10);
  }

  private void seenInside(long epoch, int from, int to) {
    BitSet numbers = new BitSet();
    numbers.set(from, to + 1);
    get(store.see(concert, new PresenceReport(epoch, 0, Bits.NONE, Bits.of(numbers))));
  }

  @Test
  void placesNotUsedAreNotSavedUp() {
    call(100, 10);
    call(100, 10);
    assertThat(get(store.arrive(concert, newcomers(30))).admitted()).isEqualTo(10);
  }

  @Test
  void placesEndWithTheCapacityTheyCameWith() {
    get(store.call(lease, budget(100, 10, Duration.ofSeconds(3)), shares()));
    pass(Duration.ofSeconds(4));
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
  }

  @Test
  void placesOfferedTwiceAreClaimedOnce() {
    get(store.arrive(concert, newcomers(30)));
    assertThat(call(10, 100).called()).isEqualTo(10);
    Calling over = callKeeping(4, 10, 100);
    assertThat(over.called()).isEqualTo(6);
    assertThat(over.offers()).isEqualTo(16);
    claim(7, 16);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
    assertThat(callKeeping(0, 10, 100).called()).isZero();
    get(store.leave(concert, place(16)));
    claim(1, 1);
    assertThat(line(concert).counts().sessions()).isEqualTo(10);
  }

  @Test
  void keepingAsManyAsAreOfferedOffersNoPlaceTwice() {
    get(store.arrive(concert, newcomers(30)));
    assertThat(callKeeping(0, 10, 100).called()).isEqualTo(10);
    assertThat(callKeeping(10, 10, 100).called()).isZero();
    assertThat(callKeeping(1L << 60, 12, 100).called()).isEqualTo(2);
    assertThat(callKeeping(Budget.KEEP_ALL, 12, 100).called()).isZero();
  }

  @Test
  void newcomersTakePlacesThatTheCalledAreNotExpectedToClaim() {
    get(store.arrive(concert, newcomers(10)));
    assertThat(call(10, 100).called()).isEqualTo(10);
    callKeeping(7, 10, 100);
    assertThat(get(store.arrive(concert, newcomers(3))).admitted()).isEqualTo(3);
    // Of the seven kept places three are claimed and one falls free.
    claim(1, 3);
    get(store.leave(concert, place(1)));
    assertThat(get(store.arrive(theatre, newcomers(2))).admitted()).isEqualTo(1);
    claim(4, 7);
    assertThat(get(store.claim(concert, place(8)))).isEqualTo(Claim.FULL);
  }

  @Test
  void aClaimThatNoOfferCountedForLeavesWhatIsKeptForOthers() {
    get(store.arrive(concert, newcomers(1)));
    pass(Duration.ofSeconds(181));
    get(store.arrive(concert, newcomers(1)));
    // The first is not there and is passed over, the second is offered a place.
    assertThat(call(2, 100).called()).isEqualTo(1);
    claim(1, 1);
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
    claim(2, 2);
  }

  @Test
  void whoMissedTheTurnTakesAPlaceThatTheCalledAreNotExpectedToClaim() {
    missTheTurn();
    callKeeping(0, 1, 100);
    claim(1, 1);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
  }

  @Test
  void whoAsksIsKeptAPlaceHoweverFewOffersAreKept() {
    missTheTurn();
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
    claim(2, 2);
    get(store.leave(concert, place(2)));
    assertThat(callKeeping(0, 1, 100).offers()).isEqualTo(1);
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
    assertThat(callKeeping(0, 1, 100).called()).isZero();
    claim(1, 1);
  }

  /** The first missed the turn, the second is offered the only place. */
  private void missTheTurn() {
    get(store.arrive(concert, newcomers(2)));
    call(1, 100);
    pass(Duration.ofSeconds(46));
    seeWaiting(store, 1, 2);
    assertThat(call(1, 100).called()).isEqualTo(1);
  }

  @Test
  void claimsAndNewcomersOfAllRoomsAreCounted() {
    call(100, 2);
    get(store.arrive(theatre, newcomers(2)));
    get(store.arrive(concert, newcomers(5)));
    Calling before = call(100, 100);
    assertThat(before.claimed()).isZero();
    assertThat(before.atOnce()).isEqualTo(2);
    claim(1, 3);
    claimAgain(1, 3);
    get(store.leave(concert, place(1)));
    get(store.arrive(concert, newcomers(4)));
    Calling after = call(100, 100);
    assertThat(after.claimed()).isEqualTo(3);
    assertThat(after.atOnce()).isEqualTo(6);
  }

  @Test
  void theGreatestCapacityAndPlacesAreTakenAsTheyAre() {
    get(store.arrive(concert, newcomers(3)));
    assertThat(call(Long.MAX_VALUE, Integer.MAX_VALUE).called()).isEqualTo(3);
    assertThat(get(store.arrive(concert, newcomers(4))).admitted()).isEqualTo(4);
    assertThat(call(Long.MAX_VALUE, Integer.MAX_VALUE).sessions()).isEqualTo(4);
  }

  @Test
  void aBudgetSaysWhatIsWrongWithIt() {
    assertThatThrownBy(() -> budget(-1, 5, VALID))
        .hasMessage("capacity must be at least 0 but was -1");
    assertThatThrownBy(() -> budget(5, -1, VALID))
        .hasMessage("places must be at least 0 but was -1");
    assertThatThrownBy(() -> new Budget(5, 5, -1, VALID))
        .hasMessage("kept must be at least 0 but was -1");
    assertThatThrownBy(() -> budget(5, 5, Duration.ZERO))
        .hasMessage("validFor must be at least 1 ms but was PT0S");
  }
}
