package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every store promises of a step of calling, and of what is asked between two of them. */
abstract class StepContract extends NumbersContract {
  @Test
  void aStepByWhoLeadsNoMoreDoesNothing() {
    get(store.arrive(concert, newcomers(4)));
    pass(Duration.ofSeconds(181));
    Lease late = new Lease("shop", lease.fence() - 1);
    assertThat(get(other.call(late, budget(9, 9, VALID), shares()))).isEqualTo(Calling.STALE);
    assertThat(line(concert).counts().waiting()).isEqualTo(4);
    call(0, 0);
    assertThat(line(concert).counts().waiting()).isZero();
  }

  // Often, because it depends on which of two answers comes first.
  @RepeatedTest(100)
  void sessionsOfWhichTheLeaderHasNotReadYetCountAtItsNextStep() {
    call(10, 100);
    long later = line(concert).epoch() * 1_000_000;
    get(other.see(concert, new PresenceReport(later, 0, Bits.NONE, bits(1, 2, 3))));
    assertThat(call(10, 100).sessions()).isEqualTo(3);
  }

  @Test
  void whoStandsByWithoutTheLeaderHavingReadOfItHasANumberAtItsNextStep() {
    call(10, 100);
    List<Standby> them = List.of(Standby.arrived(1, 1, 1));
    get(other.enlist(concert, them, Duration.ZERO, HEARD));
    call(0, 0);
    assertThat(get(other.enlist(concert, them, Duration.ZERO, HEARD)).numbers())
        .containsExactly(1L);
  }

  @Test
  void sessionsOfARoomThatTheStepDoesNotNameAreNotCounted() {
    call(10, 100);
    get(store.arrive(concert, newcomers(2)));
    get(store.arrive(theatre, newcomers(3)));
    assertThat(call(10, 100).sessions()).isEqualTo(5);
    List<RoomWeight> one = List.of(new RoomWeight(concert, 1));
    assertThat(get(store.call(lease, budget(10, 100, VALID), one)).sessions()).isEqualTo(2);
    assertThat(call(10, 100).sessions()).isEqualTo(5);
  }

  @Test
  void aSessionCountsHoweverFarBackItsNumberLies() {
    seeInside(store, Bits.CHUNK + 5);
    pass(Duration.ofMinutes(10));
    assertThat(call(10, 100).sessions()).isZero();
    seeInside(other, 3);
    assertThat(call(10, 100).sessions()).isEqualTo(1);
  }

  @Test
  void whoLeavesAnEpochThatIsOverTakesNobodyFromThoseWhoAskInTheNext() {
    Place before = full(1);
    // Somebody is inside, so the epoch is not forgotten.
    seeInside(store, 2);
    get(store.reset(concert));
    full(1);
    assertThat(line(concert).counts().asking()).isEqualTo(1);
    get(store.leave(concert, before));
    assertThat(line(concert).counts().asking()).isEqualTo(1);
  }

  @Test
  void whoAsksUnderANumberThatAskedInAnEpochBeforeHasTheirTurn() {
    full(1);
    get(store.reset(concert));
    seeInside(store, 3);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
    assertThat(call(2, 0).sessions()).isEqualTo(1);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.FULL);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.ADMITTED);
  }

  /** The first comes, is called, and finds no place. */
  private Place full(int places) {
    get(store.arrive(concert, newcomers(places)));
    call(places + 1, places);
    call(0, 0);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
    return place(1);
  }

  @Test
  void whoLeftInAnEpochThatIsOverIsRememberedAsOneWhoLeft() {
    call(10, 100);
    get(store.arrive(concert, newcomers(2)));
    Place gone = place(1);
    get(store.leave(concert, gone));
    get(store.reset(concert));
    pass(Duration.ofMinutes(10));
    call(10, 100);
    assertThat(line(concert).leftBefore()).isEmpty();
    assertThat(get(store.stay(concert, gone))).isEqualTo(SessionStanding.LEFT);
  }

  /** Of a thousand those from 930 on are seen, and the five of them who come first are called. */
  private void cutOff(int capacity) {
    get(store.arrive(concert, newcomers(1000)));
    assertThat(call(10, 100).called()).isEqualTo(10);
    for (int minute = 1; minute <= 4; minute++) {
      pass(Duration.ofMinutes(1));
      seeWaiting(store, IntStream.rangeClosed(930, 1000).toArray());
      call(10, 0);
    }
    assertThat(call(capacity, 5).called()).isEqualTo(5);
    assertThat(line(concert).called()).isEqualTo(934);
  }

  @Test
  void whoIsPassedOverWhileCutOffIsCalledAtOnceAndWaitsNoMore() {
    cutOff(5);
    assertThat(line(concert).counts().waiting()).isEqualTo(66);
  }

  @Test
  void whoIsPassedOverWhileCutOffAndComesInTakesNoOffer() {
    cutOff(6);
    assertThat(get(store.claim(concert, place(11)))).isEqualTo(Claim.ADMITTED);
    // Five are offered the other five places; the time of this one's offer is over.
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
  }

  @Test
  void whoIsPassedOverWhileCutOffAndLeavesGivesUpNoOffer() {
    cutOff(5);
    get(store.leave(concert, place(12)));
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.FULL);
  }
}
