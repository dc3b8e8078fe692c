package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store promises. Each store's test extends this; what is not here is not promised. */
public abstract class QueueStoreContract extends StepContract {
  private static final Duration TERM = Duration.ofSeconds(3);

  @Test
  void visitorsAreNumberedInTheOrderTheyArrive() {
    assertThat(get(store.arrive(concert, newcomers(2))).first()).isEqualTo(1);
    assertThat(get(other.arrive(concert, newcomers(3))).first()).isEqualTo(3);
    assertThat(get(store.arrive(concert, newcomers(1))).first()).isEqualTo(6);
    assertThat(get(store.arrive(theatre, newcomers(1))).first()).isEqualTo(1);
    assertThat(line(concert).issued()).isEqualTo(6);
  }

  @Test
  void aBlockMayCrossFromOneChunkToTheNext() {
    get(store.arrive(concert, newcomers(Bits.CHUNK - 10)));
    NumberBlock block = get(store.arrive(concert, newcomers(30)));
    assertThat(block.first()).isEqualTo(Bits.CHUNK - 9);
    call(0, 0);
    assertThat(line(concert).ahead(block.first() + 29)).isEqualTo(Bits.CHUNK + 19);
    call(Bits.CHUNK + 5, Integer.MAX_VALUE);
    assertThat(line(concert).called()).isEqualTo(Bits.CHUNK + 5);
  }

  @Test
  void whoArrivesWhileNobodyWaitsAndPlacesAreFreeIsInAtOnce() {
    call(2, 100);
    assertThat(get(store.arrive(concert, newcomers(3))).admitted()).isEqualTo(2);
    Line line = line(concert);
    assertThat(line.called()).isEqualTo(2);
    assertThat(line.counts().sessions()).isEqualTo(2);
    assertThat(line.counts().waiting()).isEqualTo(1);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.INSIDE);
    assertThat(get(store.claim(concert, place(3)))).isEqualTo(Claim.NOT_CALLED);
  }

  @Test
  void nobodyIsInAtOnceWhileOthersWaitInAnotherRoomOfTheUpstream() {
    call(0, 0);
    get(store.arrive(theatre, newcomers(1)));
    call(10, 0);
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
  }

  @Test
  void nobodyIsInAtOnceWhileNumbersBeforeThemAreNotCalled() {
    get(store.arrive(concert, newcomers(2)));
    pass(Duration.ofSeconds(181));
    assertThat(call(5, 0).called()).isZero();
    assertThat(line(concert).counts().waiting()).isZero();
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
    assertThat(call(5, 100).called()).isEqualTo(1);
    assertThat(line(concert).called()).isEqualTo(3);
  }

  @Test
  void nobodyIsInAtOnceOnAPlaceKeptFreeForOneWhoIsCalled() {
    get(store.arrive(concert, newcomers(1)));
    assertThat(call(2, 100).called()).isEqualTo(1);
    assertThat(get(store.arrive(concert, newcomers(2))).admitted()).isEqualTo(1);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void nobodyIsAdmittedBeforeACapacityIsSetNorAfterItHasExpired() {
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
    get(store.call(lease, budget(10, 10, Duration.ofSeconds(3)), shares()));
    pass(Duration.ofSeconds(4));
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
    assertThat(line(concert).counts().capacity()).isZero();
  }

  @Test
  void callingMorePlacesThanWaitCallsEveryoneAndNoMore() {
    get(store.arrive(concert, newcomers(5)));
    assertThat(call(100, 100).called()).isEqualTo(5);
    assertThat(line(concert).called()).isEqualTo(5);
    assertThat(line(concert).counts().waiting()).isZero();
  }

  @Test
  void oneWhoIsNotThereHoldsUpNobody() {
    get(store.arrive(concert, newcomers(6)));
    get(store.leave(concert, place(1)));
    get(store.leave(concert, place(3)));
    assertThat(call(2, 100).called()).isEqualTo(2);
    assertThat(line(concert).called()).isEqualTo(4);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.ADMITTED);
    assertThat(get(store.claim(concert, place(4)))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void whoIsNotSeenForTwoWholeWindowsIsPassedOver() {
    get(store.arrive(concert, newcomers(4)));
    pass(Duration.ofSeconds(61));
    seeWaiting(store, 2);
    pass(Duration.ofSeconds(61));
    seeWaiting(other, 4);
    call(0, 0);
    assertThat(line(concert).counts().waiting()).isEqualTo(4);
    pass(Duration.ofSeconds(61));
    call(0, 0);
    assertThat(line(concert).counts().waiting()).isEqualTo(2);
    assertThat(line(concert).ahead(4)).isEqualTo(1);
    assertThat(call(2, 100).called()).isEqualTo(2);
    assertThat(line(concert).called()).isEqualTo(4);
  }

  @Test
  void freePlacesAreSharedByWeightAndNoneIsLeftIdle() {
    get(store.arrive(concert, newcomers(100)));
    get(store.arrive(theatre, newcomers(3)));
    List<RoomWeight> shares = List.of(new RoomWeight(concert, 3), new RoomWeight(theatre, 1));
    get(store.call(lease, budget(8, 100, VALID), shares));
    assertThat(line(concert).called()).isEqualTo(6);
    assertThat(line(theatre).called()).isEqualTo(2);
    get(store.call(lease, budget(20, 100, VALID), shares));
    assertThat(line(theatre).called()).isEqualTo(3);
    assertThat(line(concert).called()).isEqualTo(17);
  }

  @Test
  void aPauseStopsCallsClaimsAndAdmissionAtOnceButNotThoseInside() {
    call(10, 100);
    get(store.arrive(concert, newcomers(1)));
    get(store.pause(concert, true));
    assertThat(get(store.arrive(concert, newcomers(2))).admitted()).isZero();
    assertThat(call(10, 100).called()).isZero();
    assertThat(line(concert).paused()).isTrue();
    get(store.pause(concert, false));
    assertThat(call(10, 100).called()).isEqualTo(2);
    get(store.pause(concert, true));
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.PAUSED);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.INSIDE);
  }

  @Test
  void aResetStartsANewEpochWhoseNumbersBeginAgainWhileSessionsGoOn() {
    get(store.arrive(concert, newcomers(4)));
    call(2, 100);
    claim(1, 2);
    Place inside = place(1);
    Place waiting = place(3);
    long epoch = get(store.reset(concert));
    assertThat(epoch).isGreaterThan(inside.epoch());
    assertThat(get(other.arrive(concert, newcomers(1))))
        .isEqualTo(new NumberBlock(epoch, 0, 1, 1, 0));
    assertThat(get(store.claim(concert, waiting))).isEqualTo(Claim.UNKNOWN);
    assertThat(get(store.claim(concert, inside))).isEqualTo(Claim.INSIDE);
    assertThat(call(2, 100).sessions()).isEqualTo(2);
    assertThat(call(3, 100).called()).isEqualTo(1);
    assertThat(line(concert).counts().inside()).isEqualTo(2);
    get(store.leave(concert, inside));
    assertThat(call(3, 100).sessions()).isEqualTo(1);
    assertThat(line(concert).counts().inside()).isEqualTo(1);
    pass(Duration.ofSeconds(151));
    seeWaiting(store, 1);
    assertThat(call(3, 100).sessions()).isZero();
  }

  @Test
  void whoReplicasLetInWithoutAWordIsInsideTheirRoomAndNoOther() {
    call(10, 100);
    long later = line(concert).epoch() * 1_000_000;
    get(store.see(concert, new PresenceReport(later + 1, 0, Bits.NONE, bits(1, 2, 3))));
    get(other.see(concert, new PresenceReport(later + 2, 0, Bits.NONE, bits(1, 2))));
    get(store.arrive(concert, newcomers(1)));
    call(10, 100);
    claimAgain(1, 1);
    assertThat(call(10, 100).sessions()).isEqualTo(6);
    assertThat(get(store.line(concert)).counts().inside()).isEqualTo(6);
    assertThat(line(concert).counts().inside()).isEqualTo(6);
    assertThat(line(theatre).counts().inside()).isZero();
    pass(Duration.ofSeconds(151));
    call(10, 100);
    assertThat(line(concert).counts().inside()).isZero();
  }

  @Test
  void anotherReplicaLeadsOnlyAfterTheTermIsOver() {
    pass(VALID.plusSeconds(1));
    Lease first = get(store.lead("shop", TERM));
    assertThat(first.held()).isTrue();
    assertThat(get(other.lead("shop", TERM)).held()).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(get(store.lead("shop", TERM))).isEqualTo(first);
    pass(Duration.ofSeconds(4));
    Lease second = get(other.lead("shop", TERM));
    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(get(store.lead("shop", TERM)).held()).isFalse();
  }

  @Test
  void whatALeaderSaysAfterItsTermIsRefused() {
    pass(VALID.plusSeconds(1));
    Lease late = get(store.lead("shop", TERM));
    pass(TERM.plusSeconds(1));
    Lease now = get(other.lead("shop", TERM));
    get(store.arrive(concert, newcomers(3)));
    assertThat(get(store.call(late, budget(9, 9, VALID), shares())).leads()).isFalse();
    assertThat(line(concert).called()).isZero();
    assertThat(get(other.call(now, budget(1, 9, VALID), shares())).called()).isEqualTo(1);
  }

  @Test
  void aPositionCountsOnlyThoseWhoAreThere() {
    get(store.arrive(concert, newcomers(10)));
    get(store.leave(concert, place(2)));
    get(store.leave(concert, place(7)));
    call(3, 100);
    Line line = line(concert);
    assertThat(line.called()).isEqualTo(4);
    assertThat(line.ahead(4)).isZero();
    assertThat(line.ahead(5)).isZero();
    assertThat(line.ahead(8)).isEqualTo(2);
    assertThat(line.ahead(10)).isEqualTo(4);
    assertThat(line.ahead(12)).isEqualTo(6);
  }
}
