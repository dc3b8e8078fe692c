package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Visitors who gather for an opening are numbered in order, and come in from then on. */
abstract class OpeningContract extends QueueStage {
  private static final int MINUTE = 60_000;

  /** A step while the concert's visitors gather for so long. */
  private Calling callGathering(long from, long until) {
    return callGathering(lease, from, until);
  }

  private Calling callGathering(Lease by, long from, long until) {
    List<RoomWeight> rooms =
        List.of(new RoomWeight(concert, 1, new Gathering(from, until)), new RoomWeight(theatre, 1));
    return get(store.call(by, budget(10, 100, VALID), rooms));
  }

  private long now() {
    return line(theatre).time();
  }

  @Test
  void whileVisitorsGatherTheyGetNumbersAndNobodyIsCalledOrInAtOnce() {
    long now = now();
    callGathering(now, now + 10 * MINUTE);
    NumberBlock block = get(store.arrive(concert, newcomers(3)));
    assertThat(block.first()).isEqualTo(1);
    assertThat(block.admitted()).isZero();
    callGathering(now, now + 10 * MINUTE);
    assertThat(line(concert).called()).isZero();
    assertThat(line(concert).counts().waiting()).isEqualTo(3);
    assertThat(line(concert).ahead(3)).isEqualTo(2);
  }

  @Test
  void whoGathersKeepsNoNewcomerOfAnotherRoomOut() {
    long now = now();
    for (int i = 0; i < 2; i++) {
      callGathering(now, now + 10 * MINUTE);
      get(store.arrive(concert, newcomers(3)));
      assertThat(get(store.arrive(theatre, newcomers(1))).admitted()).isEqualTo(1);
    }
  }

  @Test
  void fromTheOpeningOnTheyAreCalledInTheOrderOfTheirArrival() {
    long now = now();
    callGathering(now, now + MINUTE);
    get(store.arrive(concert, newcomers(12)));
    callGathering(now, now + MINUTE);
    pass(Duration.ofMinutes(1));
    seeWaiting(store, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    callGathering(now, now + MINUTE);
    assertThat(line(concert).called()).isEqualTo(10);
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.ADMITTED);
    assertThat(get(store.claim(concert, place(11)))).isEqualTo(Claim.NOT_CALLED);
  }

  @Test
  void betweenTwoStepsTheMomentOfTheOpeningIsThatOfTheStoresClock() {
    long now = now();
    callGathering(now, now + MINUTE);
    pass(Duration.ofSeconds(61));
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isEqualTo(1);
  }

  @Test
  void soIsTheMomentFromWhichVisitorsGather() {
    long now = now();
    callGathering(now + MINUTE, now + 2 * MINUTE);
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isEqualTo(1);
    pass(Duration.ofSeconds(61));
    assertThat(get(store.arrive(concert, newcomers(1))).admitted()).isZero();
  }

  @Test
  void whoWasCalledBeforeTheyGatherKeepsThePlaceAndClaimsItAfterTheOpening() {
    long now = now();
    get(store.arrive(concert, newcomers(1)));
    callGathering(now + 5000, now + 20_000);
    assertThat(line(concert).called()).isEqualTo(1);
    pass(Duration.ofSeconds(6));
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.PAUSED);
    pass(Duration.ofSeconds(15));
    assertThat(get(store.claim(concert, place(1)))).isEqualTo(Claim.ADMITTED);
  }

  @Test
  void anotherRoomOfTheUpstreamStaysOpenMeanwhile() {
    long now = now();
    callGathering(now, now + 10 * MINUTE);
    get(store.arrive(concert, newcomers(50)));
    get(store.arrive(theatre, newcomers(2)));
    callGathering(now, now + 10 * MINUTE);
    assertThat(line(theatre).called()).isEqualTo(2);
    assertThat(line(concert).called()).isZero();
  }

  @Test
  void anOpeningThatIsTakenBackOpensTheRoomAtTheNextStep() {
    long now = now();
    callGathering(now, now + 10 * MINUTE);
    get(store.arrive(concert, newcomers(3)));
    call(10, 100);
    assertThat(line(concert).called()).isEqualTo(3);
  }

  @Test
  void whoLeadsNextLetsNobodyInEither() {
    long now = now();
    callGathering(now, now + 10 * MINUTE);
    get(store.arrive(concert, newcomers(3)));
    Lease before = lease;
    get(store.lead("shop", Duration.ofMillis(1)));
    pass(Duration.ofSeconds(1));
    Lease next = get(other.lead("shop", VALID));
    assertThat(next.held()).isTrue();
    assertThat(callGathering(before, now, now + 10 * MINUTE).leads()).isFalse();
    assertThat(callGathering(next, now, now + 10 * MINUTE).called()).isZero();
    assertThat(get(other.arrive(concert, newcomers(1))).admitted()).isZero();
  }
}
