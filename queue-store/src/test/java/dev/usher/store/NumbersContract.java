package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How numbers last, however many come for however long. */
abstract class NumbersContract extends UnheardContract {
  private static final int DAILY = 100_000;
  private static final int PLENTY = 1_000_000;

  /** Whoever was seen last has gone, and so have the sessions. */
  private void allGo() {
    pass(Duration.ofMinutes(10));
    call(PLENTY, PLENTY);
  }

  private NumberBlock arrive(int count) {
    return get(store.arrive(concert, newcomers(count)));
  }

  /** Somebody with this number is inside, so all before were given. */
  private void given(int upTo) {
    seeInside(store, upTo);
    call(PLENTY, PLENTY);
  }

  @Test
  void aRoomThatIsAlwaysOnLetsEverybodyInForYears() {
    int days = 3 * 365;
    call(PLENTY, PLENTY);
    Set<Long> epochs = new HashSet<>();
    long inside = 0;
    for (int day = 0; day < days; day++) {
      for (int some : new int[] {Bits.CHUNK, DAILY - Bits.CHUNK}) {
        NumberBlock block = arrive(some);
        inside += block.admitted();
        epochs.add(block.epoch());
        call(PLENTY, PLENTY);
      }
      pass(Duration.ofDays(1));
      lease = get(store.lead("shop", VALID));
      allGo();
    }
    assertThat(inside).isEqualTo((long) days * DAILY);
    assertThat(epochs).hasSizeGreaterThan(days * DAILY / 2 / (int) Queue.ROLL_AFTER);
    assertThat(line(concert).counts().sessions()).isZero();
  }

  @Test
  void theNextEpochBeginsWhenNobodyWaitsAndWhoIsInsideStaysAndCounts() {
    call(PLENTY, PLENTY);
    given((int) Queue.ROLL_AFTER - 1);
    long epoch = line(concert).epoch();
    assertThat(arrive(5).first()).isEqualTo(Queue.ROLL_AFTER);
    assertThat(line(concert).epoch()).isEqualTo(epoch);
    Place last = place(Queue.ROLL_AFTER + 4);
    call(PLENTY, PLENTY);
    assertThat(line(concert).epoch()).isGreaterThan(epoch);
    assertThat(line(concert).recovery().validFrom()).isLessThanOrEqualTo(epoch);
    assertThat(call(PLENTY, PLENTY).sessions()).isEqualTo(6);
    assertThat(get(store.claim(concert, last))).isEqualTo(Claim.INSIDE);
    assertThat(arrive(3)).matches(block -> block.first() == 1 && block.admitted() == 3);
    assertThat(call(PLENTY, PLENTY).sessions()).isEqualTo(9);
    get(store.leave(concert, last));
    assertThat(call(PLENTY, PLENTY).sessions()).isEqualTo(8);
  }

  @Test
  void whileAnybodyWaitsOrIsOfferedAPlaceOrAsksTheEpochStays() {
    call(PLENTY, PLENTY);
    given((int) Queue.ROLL_AFTER - 1);
    call(0, 0);
    long epoch = line(concert).epoch();
    arrive(2);
    long first = line(concert).issued() - 1;
    call(0, 0);
    // One is offered a place, the other waits.
    call(1 + (int) line(concert).counts().sessions(), 1);
    assertThat(line(concert).epoch()).isEqualTo(epoch);
    // Both are offered one, and there is none: they ask.
    callKeeping(0, 10, 10);
    call(0, 0);
    assertThat(get(store.claim(concert, place(first)))).isEqualTo(Claim.FULL);
    assertThat(get(store.claim(concert, place(first + 1)))).isEqualTo(Claim.FULL);
    call(0, 0);
    assertThat(line(concert).epoch()).isEqualTo(epoch);
    call(10, 10);
    claim((int) first, (int) first + 1);
    call(10, 10);
    assertThat(line(concert).epoch()).isGreaterThan(epoch);
  }

  @Test
  void whoWasAwayWhenTheEpochEndedComesInFirst() {
    call(0, 0);
    arrive(1);
    Place away = place(1);
    pass(Duration.ofMinutes(10));
    call(PLENTY, PLENTY);
    given((int) Queue.ROLL_AFTER);
    call(PLENTY, PLENTY);
    assertThat(line(concert).epoch()).isGreaterThan(away.epoch());
    assertThat(get(store.claim(concert, away))).isEqualTo(Claim.UNKNOWN);
    List<Standby> them = List.of(Standby.holding(away));
    Heard heard = new Heard(1, 0, 0);
    get(store.enlist(concert, them, Duration.ZERO, heard));
    call(PLENTY, PLENTY);
    assertThat(get(store.enlist(concert, them, Duration.ZERO, heard)).numbers())
        .containsExactly(1L);
  }

  @Test
  void numbersBeyondTenMillionAreGivenWhereFewAreInUse() {
    call(0, 0);
    // A line without end: somebody always waits.
    Bits inside = bits(25_000_000);
    get(store.see(concert, new PresenceReport(line(concert).epoch(), 0, bits(25_000_001), inside)));
    call(0, 0);
    assertThat(arrive(2).given()).isEqualTo(2);
    assertThat(line(concert).numbersUsed()).isLessThan(0.1);
  }

  @Test
  void whenAllNumbersAreInUseNobodyGetsOneAndTheStepsGoOn() {
    call(0, 0);
    arrive(1);
    seeWaiting(store, 1, (int) Queue.SPAN_MAX - 1);
    call(0, 0);
    assertThat(line(concert).numbersUsed()).isGreaterThan(0.99);
    assertThat(arrive(5).given()).isEqualTo(1);
    assertThat(arrive(5).given()).isZero();
    seeWaiting(store, 1, (int) Queue.SPAN_MAX + 70_000);
    get(
        store.enlist(
            concert, List.of(Standby.arrived(1, 1, 1)), Duration.ZERO, new Heard(1, 0, 0)));
    assertThat(call(1, 1).done()).isTrue();
    assertThat(call(1, 1).called()).isZero();
    // The first comes in and goes, and all is well again.
    claim(1, 1);
    get(store.leave(concert, place(1)));
    pass(Duration.ofMinutes(3));
    seeWaiting(store, (int) Queue.SPAN_MAX + 70_000);
    assertThat(call(1, 1).called()).isEqualTo(1);
    call(1, 0);
    assertThat(line(concert).numbersUsed()).isLessThan(0.1);
  }
}
