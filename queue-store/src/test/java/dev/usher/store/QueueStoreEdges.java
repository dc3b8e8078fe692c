package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What every store promises at the edges: to those who left, to those who missed their turn, and to
 * newcomers when a place is free but not for them.
 */
abstract class QueueStoreEdges extends QueueStage {
  @Test
  void nobodyIsInAtOnceWhileNumbersBeforeThemAreNotCalled() {
    get(store.arrive(concert, 2));
    pass(Duration.ofSeconds(181));
    assertThat(call(5, 0).called()).isZero();
    assertThat(line(concert).counts().waiting()).isZero();
    assertThat(get(store.arrive(concert, 1)).admitted()).isZero();
    assertThat(call(5, 100).called()).isEqualTo(1);
    assertThat(line(concert).called()).isEqualTo(3);
  }

  @Test
  void nobodyIsInAtOnceOnAPlaceKeptFreeForOneWhoIsCalled() {
    get(store.arrive(concert, 1));
    assertThat(call(2, 100).called()).isEqualTo(1);
    assertThat(get(store.arrive(concert, 2)).admitted()).isEqualTo(1);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void whoLeftIsToldAlsoOfAnEpochThatIsOverUntilTheirPassHasRunOut() {
    get(store.arrive(concert, 3));
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
    get(store.arrive(concert, Bits.CHUNK));
    get(store.arrive(concert, 100));
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
    get(store.arrive(concert, 2));
    get(store.leave(concert, place(2)));
    pass(Duration.ofSeconds(181));
    // Nobody is there, so the gate opens up to the last number.
    call(1, 100);
    assertThat(line(concert).called()).isEqualTo(2);
    pass(Duration.ofSeconds(46));
    seeWaiting(store, 1);
    assertThat(call(1, 100).offers()).isZero();
    get(store.arrive(concert, 1));
    assertThat(get(store.claim(concert, place(3)))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void whoAskedForAMissedPlaceAndWentAwayHoldsUpNobody() {
    get(store.arrive(concert, 3));
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
}
