package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.LiveState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every store promises while an operator limits a room to fewer than are called; a part of the
 * one contract.
 */
abstract class LimitContract extends LiveContract {
  private Place ofTheatre(long number) {
    return new Place("theatre", line(theatre).epoch(), 0, number);
  }

  /** Ten of the concert are called, two are inside, and then it is limited to these two. */
  private void tenCalledAndTwoAllowed() {
    get(store.arrive(concert, newcomers(10)));
    call(10, 10);
    claim(1, 2);
    limit(2, LiveState.UNLIMITED);
    for (int number = 3; number <= 10; number++) {
      assertThat(get(store.claim(concert, place(number)))).isEqualTo(Claim.FULL);
    }
  }

  @Test
  void whomTheLimitOfTheirRoomKeepsOutTakesNoPlaceFromAnotherRoom() {
    tenCalledAndTwoAllowed();
    get(store.arrive(theatre, newcomers(5)));
    assertThat(call(7, 7).called()).isEqualTo(5);
    for (int number = 1; number <= 5; number++) {
      assertThat(get(store.claim(theatre, ofTheatre(number)))).isEqualTo(Claim.ADMITTED);
    }
    assertThat(get(store.claim(concert, place(3)))).isEqualTo(Claim.FULL);
  }

  /**
   * Whoever waits in a room that nobody is called of, whatever is free, waits for something else.
   */
  @Test
  void whoWaitsInARoomThatIsShutOrLimitedKeepsNoNewcomerOfAnotherRoomOut() {
    for (LiveState shut :
        List.of(
            UNSET.paused(true), UNSET.soldOut(true), UNSET.limited(-1, 0), UNSET.limited(0, -1))) {
      set(shut);
      call(100, 100);
      get(store.arrive(concert, newcomers(3)));
      assertThat(get(other.arrive(theatre, newcomers(1))).admitted()).as("at once").isEqualTo(1);
      call(100, 100);
      get(store.arrive(concert, newcomers(1)));
      assertThat(get(other.arrive(theatre, newcomers(1))).admitted()).as("later").isEqualTo(1);
    }
    set(UNSET);
    call(8, 0);
    assertThat(get(other.arrive(theatre, newcomers(1))).admitted())
        .as("for want of places")
        .isZero();
  }

  @Test
  void whoLeavesARoomThatIsPausedMakesNobodyOfAnotherRoomGoLess() {
    set(UNSET.paused(true));
    get(store.arrive(concert, newcomers(3)));
    call(2, 2);
    get(store.arrive(theatre, newcomers(3)));
    call(2, 2);
    get(store.leave(concert, place(1)));
    get(store.leave(concert, place(2)));
    assertThat(get(other.arrive(theatre, newcomers(1))).admitted()).isZero();
  }

  @Test
  void whoAskedBeforeTheirRoomWasLimitedGoesBeforeNobodyOfAnotherRoom() {
    get(store.arrive(concert, newcomers(10)));
    get(store.arrive(theatre, newcomers(12)));
    call(22, 22);
    claim(1, 2);
    call(2, 0);
    for (int number = 3; number <= 10; number++) {
      assertThat(get(store.claim(concert, place(number)))).isEqualTo(Claim.FULL);
    }
    Place last = ofTheatre(12);
    assertThat(get(store.claim(theatre, last))).isEqualTo(Claim.FULL);
    limit(2, LiveState.UNLIMITED);
    call(3, 0);
    assertThat(get(store.claim(theatre, last))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void whomTheLimitOfTheirRoomKeepsOutComesInByNumberAsItsPlacesFallFree() {
    tenCalledAndTwoAllowed();
    call(100, 100);
    assertThat(line(concert).open()).isLessThanOrEqualTo(3); // for nobody is it worth asking
    get(store.leave(concert, place(1)));
    call(100, 100);
    assertThat(line(concert).open()).isEqualTo(4);
    assertThat(get(store.claim(concert, place(4)))).isEqualTo(Claim.FULL);
    assertThat(get(store.claim(concert, place(3)))).isEqualTo(Claim.ADMITTED);
    assertThat(line(concert).counts().asking()).isEqualTo(7);
    limit(LiveState.UNLIMITED, LiveState.UNLIMITED);
    call(100, 100);
    assertThat(line(concert).open()).isEqualTo(Line.EVERYONE);
    claim(4, 10);
  }

  @Test
  void thousandsWhomTheLimitOfTheirRoomKeepsOutHoldUpNobodyAfterAStep() {
    get(store.arrive(concert, newcomers(1500)));
    get(store.arrive(theatre, newcomers(1500)));
    call(3000, 3000);
    claim(1, 2);
    call(2, 0);
    for (int number = 3; number <= 1500; number++) {
      assertThat(get(store.claim(concert, place(number)))).isEqualTo(Claim.FULL);
    }
    assertThat(get(store.claim(theatre, ofTheatre(1500)))).isEqualTo(Claim.FULL);
    limit(2, LiveState.UNLIMITED);
    call(3, 0);
    assertThat(get(store.claim(theatre, ofTheatre(1500)))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void whoAskedInAnEpochThatIsOverHoldUpNobodyAfterAStep() {
    get(store.arrive(concert, newcomers(900)));
    get(store.arrive(theatre, newcomers(1000)));
    call(2000, 2000);
    call(0, 0);
    for (int number = 1; number <= 900; number++) {
      assertThat(get(store.claim(concert, place(number)))).isEqualTo(Claim.FULL);
    }
    assertThat(get(store.claim(theatre, ofTheatre(1000)))).isEqualTo(Claim.FULL);
    get(store.reset(concert));
    call(1, 0);
    assertThat(get(store.claim(theatre, ofTheatre(1000)))).isEqualTo(Claim.ADMITTED);
  }

  /** Four of the concert are kept out; two places are kept for the theatre's 2 and 3. */
  private void fourKeptOutAndTwoPlacesKept() {
    get(store.arrive(theatre, newcomers(1)));
    call(1, 1);
    pass(Duration.ofSeconds(46));
    get(store.arrive(concert, newcomers(4)));
    get(store.arrive(theatre, newcomers(2)));
    call(6, 6);
    limit(0, LiveState.UNLIMITED);
    call(2, 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoIsKeptOutAndAsksOrLeavesLessensNoPlaceThatIsKeptForOthers(boolean leaves) {
    fourKeptOutAndTwoPlacesKept();
    for (int number = 1; number <= 4; number++) {
      if (leaves) {
        get(store.leave(concert, place(number)));
      } else {
        assertThat(get(store.claim(concert, place(number)))).isEqualTo(Claim.FULL);
      }
    }
    assertThat(get(store.claim(theatre, ofTheatre(1)))).as("missed the turn").isEqualTo(Claim.FULL);
    for (int number = 2; number <= 3; number++) {
      assertThat(get(store.claim(theatre, ofTheatre(number)))).isEqualTo(Claim.ADMITTED);
    }
  }

  @Test
  void aNewLineOfARoomGivesBackNoPlaceThatIsKeptForOthers() {
    fourKeptOutAndTwoPlacesKept();
    get(store.reset(concert));
    assertThat(get(store.claim(theatre, ofTheatre(1)))).as("missed the turn").isEqualTo(Claim.FULL);
    for (int number = 2; number <= 3; number++) {
      assertThat(get(store.claim(theatre, ofTheatre(number)))).isEqualTo(Claim.ADMITTED);
    }
  }

  @Test
  void aNewLineOfARoomGivesBackNoPlaceThatAnotherAsksFor() {
    fourKeptOutAndTwoPlacesKept();
    assertThat(get(store.claim(theatre, ofTheatre(1)))).isEqualTo(Claim.FULL);
    for (int number = 1; number <= 4; number++) {
      assertThat(get(store.claim(concert, place(number)))).isEqualTo(Claim.FULL);
    }
    call(3, 1); // two are offered, one asks
    get(store.reset(concert));
    assertThat(get(store.arrive(theatre, newcomers(1))).admitted()).isZero();
    assertThat(get(store.claim(theatre, ofTheatre(1)))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void aNewLineOfARoomGivesBackThePlacesThatItsLimitLeftIt() {
    fourKeptOutAndTwoPlacesKept();
    limit(1, LiveState.UNLIMITED);
    call(3, 0);
    assertThat(get(store.claim(theatre, ofTheatre(1)))).as("all are kept").isEqualTo(Claim.FULL);
    get(store.reset(concert));
    for (int number = 1; number <= 3; number++) {
      assertThat(get(store.claim(theatre, ofTheatre(number)))).isEqualTo(Claim.ADMITTED);
    }
  }

  @Test
  void whoIsKeptOutAndAsksKeepsNewcomersOutOnlyAsMuchAsBefore() {
    fourKeptOutAndTwoPlacesKept();
    assertThat(get(store.claim(theatre, ofTheatre(1)))).isEqualTo(Claim.FULL);
    for (int number = 1; number <= 4; number++) {
      assertThat(get(store.claim(concert, place(number)))).isEqualTo(Claim.FULL);
    }
    call(3, 1); // two are offered, one asks
    for (int number = 1; number <= 4; number++) {
      get(store.leave(concert, place(number)));
    }
    assertThat(get(store.arrive(theatre, newcomers(1))).admitted()).isZero();
    assertThat(get(store.claim(theatre, ofTheatre(1)))).isEqualTo(Claim.ADMITTED);
  }
}
